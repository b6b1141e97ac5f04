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

    private const int MostUndated = 10_000;
    private const int LargestCount = 20_000;

    private readonly FhirClient client = server.Client;
    private readonly List<FhirDeletion> undated = [];
    private DateTime? above;
    private DateTime? pageNewest;
    private int setbacks;
    private int newOnPage;
    private int entriesOnPage;
    private int count = server.Count;

    public async IAsyncEnumerable<RecordBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var begin = First();
        feed.Position = feed.Position with { Walk = feed.Position.Walk ?? new WalkPosition(feed.Position.Since) };
        above = feed.Position.Walk.Above;
        Uri? next = feed.Position.Walk.Next is { } link ? client.Places.Allowed(link, "the next page") : begin;
        for (var idle = 0; next is not null && idle < MostIdlePages; idle = newOnPage > 0 ? 0 : idle + 1)
        {
            (pageNewest, newOnPage, entriesOnPage) = (null, 0, 0);
            var before = (above, undated.Count);
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
                Forget(before);
                await PauseAsync($"breaks off while it gives the history of {stream.Name}", cancel);
                continue;
            }
            RequireHeeded(page, begin == next);
            if (next == begin && page.Next is null && IsCutShort(page))
            {
                Forget(default);
                next = begin = First();
                continue;
            }
            Pass(page);
            next = page.Next;
        }
        AddUndated(null);
        var top = feed.Position.Walk.Top;
        feed.Position = feed.Position with { Walk = null, Since = top > feed.Position.Since || feed.Position.Since is null ? top : feed.Position.Since };
    }

    private Uri First()
    {
        var since = feed.Position.Since is { } time ? $"_since={Queries.Instant(time - server.Overlap)}&" : "";
        return client.Places.Below($"{stream.Name}/_history?{since}_count={count}");
    }

    // A server without next links must give all of the history on one page.
    private bool IsCutShort(FhirPage page)
    {
        if (entriesOnPage < count && !(page.Total > entriesOnPage)) return false;
        if (entriesOnPage < count || count >= LargestCount)
            throw server.Wrong($"gives the first {entriesOnPage} entries of the history of {stream.Name} and no next page", "Take deletions: reconcile.");
        count = Math.Min(count * 4, LargestCount);
        return true;
    }

    private bool Take(BundleEntry entry)
    {
        entriesOnPage++;
        var added = entry.IsDeletion ? AddDeletion(FhirDeletion.Of(entry)) : entry.Resource.Length > 0 ? feed.Add(entry.Resource) : default;
        if (added.At is { } at)
        {
            above = at;
            if (!(at <= pageNewest)) pageNewest = at;
            AddUndated(at);
        }
        if (added.IsNew) newOnPage++;
        return feed.IsFull;
    }

    // An entry that does not say when it happened lies below the one before it. Those before all that say it wait for the first that does.
    private Added AddDeletion(FhirDeletion deletion)
    {
        if (deletion.LastUpdated is not null) return feed.Add(deletion);
        if (above is { } time) return feed.AddUndated(deletion with { LastUpdated = time }, Latest);
        undated.Add(deletion);
        newOnPage++;
        if (undated.Count >= MostUndated) AddUndated(null);
        return default;
    }

    // When it can have happened at the latest; the clocks may differ by the overlap.
    private DateTime Latest => client.Transport.ServerTime is not { } now ? feed.Newest.AddDays(1) : (now > feed.Newest ? now : feed.Newest) + server.Overlap;

    // They are the newest of all that the server has: no older than any record that we know, and of one time the higher version counts.
    private void AddUndated(DateTime? next)
    {
        var at = next > feed.Newest ? next.Value : feed.Newest;
        foreach (var deletion in undated) feed.AddUndated(deletion with { LastUpdated = at }, Latest);
        undated.Clear();
    }

    // The stream stands, in the end, where the newest entry of the first page stood when the walk began.
    private void Pass(FhirPage page)
    {
        setbacks = 0;
        var walk = feed.Position.Walk!; // set before the first page
        var top = walk.Top ?? (page.Date < pageNewest ? page.Date : pageNewest);
        if (undated.Count > 0) return; // what waits must come again after an interruption
        feed.Position = feed.Position with { Walk = walk with { Next = page.Next?.AbsoluteUri, Top = top, Above = above } };
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
        feed.Position = feed.Position with { Walk = new WalkPosition(walk.From) };
        Forget(default);
        return begin;
    }

    // What came of a page that is asked for again.
    private void Forget((DateTime? Above, int Undated) before)
    {
        above = before.Above;
        if (undated.Count > before.Undated) undated.RemoveRange(before.Undated, undated.Count - before.Undated);
    }

    private async Task PauseAsync(string trouble, CancellationToken cancel)
    {
        if (++setbacks > Setbacks) throw client.Transport.Unreachable(trouble);
        await client.Transport.WaitAsync(setbacks, null, cancel);
    }
}
