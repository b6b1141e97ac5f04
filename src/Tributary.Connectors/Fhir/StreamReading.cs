using System.Runtime.CompilerServices;
using Tributary.Core.Ingest;
using Tributary.Core.Text;

namespace Tributary.Connectors.Fhir;

/// <summary>One reading of one type: first what is new, then what is gone.</summary>
internal sealed class StreamReading(FhirServer server, SourceStream stream, Checkpoint checkpoint)
{
    private readonly FhirPosition position = FhirPosition.Parse(checkpoint.Position);

    /// <summary>Reads as <see cref="ReadAsync"/> does, but only up to the first record that is new.</summary>
    public async Task<string?> LookAsync(CancellationToken cancel)
    {
        if (position.Job is not null) return "an export is under way";
        if (position.Walk is not null || position.ReconciledTo is not null) return "the last load was interrupted";
        var way = await WayAsync(cancel);
        using var feed = new Feed(stream, position, server.Overlap, batchBytes: 1);
        if (way == Way.Export) return await ProbeExportAsync(feed, cancel);
        if (await HasNewsAsync(ChangesAsync(way, feed), feed, cancel)) return position.Since is null ? "it was never read" : "the server has changes";
        return await IsReconciliationDueAsync(way, position.Since, cancel) ? "the ids are to be reconciled" : null;
    }

    public async IAsyncEnumerable<RecordBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var way = await WayAsync(cancel);
        using var feed = new Feed(stream, position, server.Overlap);
        // What is read into an empty table is what the server holds now.
        var isEmpty = position.Reconciled is null && (await checkpoint.Stored.ListAsync("", 1, cancel)).Count == 0;
        await foreach (var batch in ChangesAsync(way, feed).WithCancellation(cancel)) yield return batch;
        // What went on from an interruption ends where that load would have ended.
        if (position.Job is not null || position.Walk?.Next is not null)
        {
            await foreach (var batch in ChangesAsync(way, feed).WithCancellation(cancel)) yield return batch;
        }
        if (isEmpty) feed.Position = feed.Position with { Reconciled = server.Client.Now };
        else if (await IsReconciliationDueAsync(way, feed.Position.Since, cancel))
        {
            if (feed.HasNews) yield return feed.Take();
            await foreach (var batch in new Reconciliation(server, stream, feed, checkpoint.Stored).ReadAsync(cancel)) yield return batch;
        }
        yield return feed.Take();
    }

    private IAsyncEnumerable<RecordBatch> ChangesAsync(Way way, Feed feed) => way switch
    {
        Way.Export => new ExportWalk(server, stream, feed, checkpoint.Stored).ReadAsync(default),
        Way.History => new HistoryWalk(server, stream, feed).ReadAsync(default),
        _ => new SearchWalk(server, stream, feed).ReadAsync(default),
    };

    private static async Task<bool> HasNewsAsync(IAsyncEnumerable<RecordBatch> batches, Feed feed, CancellationToken cancel)
    {
        await foreach (var batch in batches.WithCancellation(cancel))
        {
            using (batch)
            {
                if (!batch.IsEmpty) return true;
            }
        }
        return feed.HasNews;
    }

    // An export takes the server long; whether it would hold anything is asked by search, where the server can.
    private async Task<string?> ProbeExportAsync(Feed feed, CancellationToken cancel)
    {
        if (position.Since is null) return "it was never read";
        try
        {
            if (await HasNewsAsync(ChangesAsync(Way.Search, feed), feed, cancel)) return "the server has changes";
            return await IsReconciliationDueAsync(Way.Export, position.Since, cancel) ? "the ids are to be reconciled" : null;
        }
        catch (UserErrorException)
        {
            return "only an export shows whether there is anything new";
        }
    }

    private async Task<Way> WayAsync(CancellationToken cancel)
    {
        if (position.Job is not null || server.Mode == ReadingMode.Export) return Way.Export;
        var isFirst = position.Since is null || position.Walk is { From: null, Top: null };
        // The first copy of a stream without history needs no former versions.
        if ((stream.History || !isFirst) && await UsesHistoryAsync(cancel)) return Way.History;
        var mayExport = server.Mode == ReadingMode.Auto && !server.Filters.ContainsKey(stream.Name);
        return mayExport && (await server.Client.AbilitiesAsync(cancel)).Export ? Way.Export : Way.Search;
    }

    private async Task<bool> UsesHistoryAsync(CancellationToken cancel)
    {
        if (stream.Disposition != Disposition.Merge || server.Filters.ContainsKey(stream.Name) || server.Mode == ReadingMode.Export) return false;
        return server.Deletions == DeletionMode.History
            || (server.Deletions == DeletionMode.Auto && (await server.Client.AbilitiesAsync(cancel)).Histories.Contains(stream.Name));
    }

    private async Task<bool> IsReconciliationDueAsync(Way way, DateTime? since, CancellationToken cancel)
    {
        if (stream.Disposition != Disposition.Merge || way == Way.History || server.Deletions is DeletionMode.None or DeletionMode.History) return false;
        if (position.ReconciledTo is null && position.Reconciled is { } last && server.Client.Now - last < server.ReconcileEvery) return false;
        // A history is read from a time on; a server that does not sort never gives one.
        return server.Deletions == DeletionMode.Reconcile || since is null || !await UsesHistoryAsync(cancel);
    }

    private enum Way
    {
        Search,
        History,
        Export,
    }
}
