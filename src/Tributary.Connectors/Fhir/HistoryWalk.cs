using System.Runtime.CompilerServices;
using Tributary.Core.Ingest;
using Tributary.Core.Ingest.Formats;

namespace Tributary.Connectors.Fhir;

/// <summary>
/// Reads every version and every deletion since a time from the history of the type (<c>Type/_history?_since=…</c>), which comes newest
/// first. What changes meanwhile only repeats entries, so the next links can be followed; the stream moves on when all of it was read.
/// </summary>
internal sealed class HistoryWalk(FhirServer server, SourceStream stream, Feed feed)
{
    private const int Setbacks = 5;
    private const int MostIdlePages = 2000;

    private readonly FhirClient client = server.Client;
    private DateTime? above;
    private DateTime? pageNewest;
    private int setbacks;
    private int newOnPage;

    public async IAsyncEnumerable<RecordBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var begin = First();
        feed.Position = feed.Position with { Walk = feed.Position.Walk ?? new WalkPosition(feed.Position.Since) };
        Uri? next = feed.Position.Walk.Next is { } link ? client.Places.Allowed(link, "the next page") : begin;
        for (var idle = 0; next is not null && idle < MostIdlePages; idle = newOnPage > 0 ? 0 : idle + 1)
        {
            (pageNewest, newOnPage) = (null, 0);
            using var page = await FhirPage.OpenAsync(client, next, server.Load.MaxRecordBytes.Bytes, cancel);
            if (!page.IsGood)
            {
                if (next == begin) await page.RequireAsync(cancel);
                next = await RestartAsync(begin, cancel);
                continue;
            }
            while (await page.ReadAsync(Take, cancel)) yield return feed.Take();
            if (page.IsCut)
            {
                await PauseAsync($"breaks off while it gives the history of {stream.Name}", cancel);
                continue;
            }
            RequireHeeded(page, begin == next);
            Pass(page);
            next = page.Next;
        }
        var top = feed.Position.Walk.Top;
        feed.Position = feed.Position with { Walk = null, Since = top > feed.Position.Since || feed.Position.Since is null ? top : feed.Position.Since };
    }

    private Uri First()
    {
        var since = feed.Position.Since is { } time ? $"_since={Queries.Instant(time - server.Overlap)}&" : "";
        return client.Places.Below($"{stream.Name}/_history?{since}_count={server.Count}");
    }

    private bool Take(BundleEntry entry)
    {
        var added = entry.IsDeletion ? feed.Add(Dated(FhirDeletion.Of(entry))) : entry.Resource.Length > 0 ? feed.Add(entry.Resource) : default;
        if (added.At is { } at)
        {
            above = at;
            if (!(at <= pageNewest)) pageNewest = at;
        }
        if (added.IsNew) newOnPage++;
        return feed.IsFull;
    }

    // An entry that does not say when it happened lies below the one before it; the first of all, before the server answered.
    private FhirDeletion Dated(FhirDeletion deletion) =>
        deletion.LastUpdated is null ? deletion with { LastUpdated = above ?? client.Transport.ServerTime } : deletion;

    // The stream stands, in the end, where the newest entry of the first page stood when the walk began.
    private void Pass(FhirPage page)
    {
        setbacks = 0;
        var walk = feed.Position.Walk!; // set before the first page
        var top = walk.Top ?? (page.Date < pageNewest ? page.Date : pageNewest);
        feed.Position = feed.Position with { Walk = walk with { Next = page.Next?.AbsoluteUri, Top = top } };
    }

    private void RequireHeeded(FhirPage page, bool isFirst)
    {
        if (!isFirst || feed.Position.Since is null || page.Heeded is not { } heeded || heeded.Contains("_since")) return;
        throw server.Wrong($"does not heed the parameter _since of a history of {stream.Name}: its link to itself does not name it", "Take deletions: reconcile.");
    }

    private async Task<Uri> RestartAsync(Uri begin, CancellationToken cancel)
    {
        await PauseAsync("forgets its pages before they can be read", cancel);
        var walk = feed.Position.Walk!; // set before the first page
        feed.Position = feed.Position with { Walk = walk with { Next = null, Top = null } };
        above = null;
        return begin;
    }

    private async Task PauseAsync(string trouble, CancellationToken cancel)
    {
        if (++setbacks > Setbacks) throw client.Transport.Unreachable(trouble);
        await client.Transport.WaitAsync(setbacks, null, cancel);
    }
}
