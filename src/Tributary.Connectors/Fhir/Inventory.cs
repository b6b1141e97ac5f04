using System.Runtime.CompilerServices;
using Tributary.Core.Ingest;
using Tributary.Core.Ingest.Formats;

namespace Tributary.Connectors.Fhir;

/// <summary>What a server holds of one type now: every id with its version, or some records.</summary>
internal sealed class Inventory(FhirServer server, SourceStream stream)
{
    /// <summary>By search from the beginning; a record that changes meanwhile may come twice.</summary>
    public async IAsyncEnumerable<RecordKey> ListAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        using var feed = new Feed(stream, new FhirPosition(), server.Overlap);
        await foreach (var batch in new SearchWalk(server, stream, feed, "id,meta").ReadAsync(cancel))
        {
            using var held = batch;
            foreach (var record in held.Records) yield return record.Key;
        }
        using var last = feed.Take();
        foreach (var record in last.Records) yield return record.Key;
    }

    /// <summary>The records under these ids as they are now; one that is gone is a deletion. The caller disposes the batch.</summary>
    public async Task<RecordBatch> FetchAsync(IReadOnlyList<string> ids, CancellationToken cancel)
    {
        using var feed = new Feed(stream, new FhirPosition(), server.Overlap);
        var search = new IdSearch(server, stream, elements: null);
        foreach (var some in ids.Chunk(IdSearch.Most))
        {
            foreach (var gone in await search.ListGoneAsync(some, record => feed.Add(record), cancel))
                feed.AddFound(new FhirDeletion(stream.Name, gone, null, search.Asked - server.Overlap));
        }
        return feed.Take();
    }
}
