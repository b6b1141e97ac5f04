using System.Runtime.CompilerServices;
using Tributary.Core.Ingest;
using Tributary.Core.Ingest.Formats;
using Tributary.Core.Text;

namespace Tributary.Connectors.Fhir;

/// <summary>
/// Reads what changed since a time by search, oldest first. Each page is a search of its own that begins where the last one ended (a window), so
/// that nothing slips between two pages when records change meanwhile and no page's token can expire; the server's next links are followed where one
/// instant holds more records than a page, and where the server does not sort. <paramref name="elements"/>: all that is wanted of a record, as far as the
/// server heeds it.
/// </summary>
internal sealed class SearchWalk(FhirServer server, SourceStream stream, Feed feed, string? elements = null)
{
    private const int Setbacks = 5;
    private const int LargestCount = 20_000;
    private const int MostIdlePages = 200;

    private readonly FhirClient client = server.Client;
    private DateTime? from;
    private DateTime? start;
    private DateTime? windowDate;
    private DateTime? bound;
    private Uri? next;
    private bool isSorted = true;
    private bool isFirst = true;
    private bool hasPages;
    private int count = server.Count;
    private int largestPage;
    private int setbacks;
    private int idlePages;

    public async IAsyncEnumerable<RecordBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        from = feed.Position.Walk is { } walk ? walk.From : feed.Position.Since;
        feed.Position = feed.Position with { Walk = new WalkPosition(from) };
        start = StartOf(feed.Position.Since);
        var (isTimeless, isDone) = (false, false);
        DateTime? newest = null;
        while (!isDone)
        {
            if (feed.IsWorthLoading) yield return feed.Take();
            var order = new PageOrder(start);
            // Of a server that does not tell its time, the newest record says what it was when the walk began.
            if (isTimeless && isFirst) newest ??= await NewestAsync(cancel);
            using var page = await FhirPage.OpenAsync(client, next ?? SearchOf(start), server.Load.MaxRecordBytes.Bytes, cancel);
            if (!page.IsGood)
            {
                if (next is null) await page.RequireAsync(cancel);
                await RestartAsync("forgets its pages before they can be read", cancel);
                continue;
            }
            if (page.Date is null && client.Transport.ServerTime is null && !isTimeless)
            {
                isTimeless = true;
                continue;
            }
            if (next is null) windowDate = page.Date ?? newest;
            while (await page.ReadAsync(entry => Take(entry, order), cancel)) yield return feed.Take();
            if (page.IsCut) await GoOnBehindAsync(order, cancel);
            else
            {
                if (page.Heeded is null && order.Count == 0 && next is null && start is not null) await RequireNothingNewerAsync(start.Value, cancel);
                isDone = Judge(page, order);
            }
        }
        feed.Position = feed.Position with { Walk = null };
    }

    private DateTime? StartOf(DateTime? since) => since is { } time ? Queries.Floor(time - server.Overlap) : null;

    private Uri SearchOf(DateTime? at) =>
        Search($"{(at is { } time ? $"_lastUpdated=ge{Queries.Instant(time)}&" : "")}_sort=_lastUpdated&_count={count}");

    private Uri Search(string query) =>
        client.Places.Below($"{stream.Name}?{(server.Filters.TryGetValue(stream.Name, out var own) ? $"{own}&" : "")}{query}{(elements is null ? "" : $"&_elements={elements}")}");

    private bool Take(in BundleEntry entry, PageOrder order)
    {
        if (entry.Resource.Length == 0) return false;
        var added = feed.Add(entry.Resource);
        order.See(added, windowDate);
        return feed.IsFull;
    }

    // True when the walk has come to its end.
    private bool Judge(FhirPage page, PageOrder order)
    {
        RequireHeeded(page, order);
        if (order.IsBroken || page.Heeded?.Contains("_sort") == false) LoseOrder();
        next = page.Next;
        hasPages |= next is not null;
        idlePages = order.New > 0 ? 0 : idlePages + 1;
        if (next is not null && idlePages > MostIdlePages) throw server.Wrong($"gives next pages of {stream.Name} without end and nothing on them");
        var isDone = isSorted ? EndsHere(order) : next is null && EndUnsorted(order);
        if (isSorted) Advance(isDone ? order.Newest : order.Last);
        return isDone;
    }

    private bool EndsHere(PageOrder order)
    {
        var isShort = !isFirst && order.Count < largestPage;
        (isFirst, largestPage) = (false, Math.Max(largestPage, order.Count));
        if (next is null && (order.Count == 0 || isShort)) return true;
        if (GoOnBehind(order)) return false;
        // All of the page is of one instant: the rest of it stands behind the next link, or on a larger page.
        if (next is not null) return false;
        if (order.Count < count) return true;
        if (count >= LargestCount)
            throw server.Wrong($"holds more than {count} records of {stream.Name} with one and the same lastUpdated and gives no next page", "Take mode: export, or a smaller part by `filters:`.");
        count = Math.Min(count * 4, LargestCount);
        return false;
    }

    // A new window where the page ended; false when the page ended where it began.
    private bool GoOnBehind(PageOrder order)
    {
        if (order.Last is not { } last || Queries.Floor(last) is var reached && reached <= start) return false;
        (start, next, setbacks) = (Queries.Floor(last), null, 0);
        return true;
    }

    // The server's clock bounds it: what changes while it answers may carry later times than what it has still to give. And behind the first
    // window that comes near the present, records may have been committed late while the walk went on.
    private void Advance(DateTime? last)
    {
        if (last > windowDate - server.Overlap) bound ??= windowDate;
        var reached = windowDate < last ? windowDate : last;
        if (bound < reached) reached = bound;
        if (reached is not null && !(reached <= feed.Position.Since)) feed.Position = feed.Position with { Since = reached };
    }

    private void LoseOrder()
    {
        isSorted = false;
        feed.Position = feed.Position with { Since = from };
    }

    // Without next links all must stand on one page.
    private bool EndUnsorted(PageOrder order)
    {
        if (!hasPages && order.Count >= count)
        {
            if (count >= LargestCount) throw server.Wrong($"neither sorts {stream.Name} by _lastUpdated nor gives a next page", "Take mode: export.");
            (count, start) = (Math.Min(count * 4, LargestCount), StartOf(from));
            return false;
        }
        // Of several pages without an order, some records may have slipped from one to the other: the next load begins where this one began.
        if (!hasPages) Advance(order.Newest);
        return true;
    }

    private void RequireHeeded(FhirPage page, PageOrder order)
    {
        if (next is not null) return;
        var sent = Queries.Names(SearchOf(start).Query).Where(name => name is not ("_sort" or "_count" or "_elements"));
        if (page.Heeded is { } heeded)
        {
            var ignored = sent.FirstOrDefault(name => !heeded.Contains(name));
            if (ignored is not null) throw Ignored(ignored, "its link to itself does not name it");
        }
        if (order.IsBeforeStart) throw Ignored("_lastUpdated", "it gives records from before");
    }

    // Nothing was given, and not said what was heeded: some servers answer so to every parameter that they do not know.
    private async Task RequireNothingNewerAsync(DateTime since, CancellationToken cancel)
    {
        if (await NewestAsync(cancel) >= since) throw Ignored("_lastUpdated", "it gives nothing, does not say what it heeded (link self), and yet has newer records");
    }

    private async Task<DateTime?> NewestAsync(CancellationToken cancel)
    {
        var order = new PageOrder(null);
        using var page = await FhirPage.OpenAsync(client, Search("_sort=-_lastUpdated&_count=1"), server.Load.MaxRecordBytes.Bytes, cancel);
        await page.RequireAsync(cancel);
        await page.ReadAsync(entry => See(entry, order), cancel);
        return page.IsCut ? throw client.Transport.Unreachable($"breaks off while it gives {stream.Name}") : order.Newest;
    }

    private bool See(in BundleEntry entry, PageOrder order)
    {
        if (FhirResource.Read(entry.Resource.Bytes.Span, stream.Name, out var key, out _) is null) order.See(new Added(AddedAs.Record, key.LastUpdated), null);
        return false;
    }

    private UserErrorException Ignored(string parameter, string why) => server.Wrong(
        $"does not heed the parameter {parameter} of a search for {stream.Name}: {why}",
        "What is new cannot be told apart on this server by search; take mode: export, or disposition: replace without filters.");

    private async Task GoOnBehindAsync(PageOrder order, CancellationToken cancel)
    {
        if (isSorted && !order.IsBroken) GoOnBehind(order);
        setbacks++;
        if (setbacks > Setbacks) throw client.Transport.Unreachable($"breaks off while it gives {stream.Name}");
        await client.Transport.WaitAsync(setbacks, null, cancel);
    }

    private async Task RestartAsync(string trouble, CancellationToken cancel)
    {
        if (++setbacks > Setbacks) throw client.Transport.Unreachable(trouble);
        if (!isSorted) start = StartOf(from);
        next = null;
        await client.Transport.WaitAsync(setbacks, null, cancel);
    }
}
