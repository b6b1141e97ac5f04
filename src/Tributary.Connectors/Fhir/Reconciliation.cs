using System.Runtime.CompilerServices;
using Tributary.Core.Ingest;
using Tributary.Core.Ingest.Formats;

namespace Tributary.Connectors.Fhir;

/// <summary>
/// Asks the server for the ids that the raw table holds; those that it no longer gives are deleted. It walks over our keys and not over the
/// server's pages, so that nothing that slips between two pages is taken for deleted.
/// </summary>
internal sealed class Reconciliation(FhirServer server, SourceStream stream, Feed feed, StoredKeys stored)
{
    private readonly IdSearch search = new(server, stream, "id");

    public async IAsyncEnumerable<RecordBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        while (await stored.ListAsync(feed.Position.ReconciledTo ?? "", IdSearch.Most, cancel) is { Count: > 0 } keys)
        {
            var known = keys.ToDictionary(key => key.Id, StringComparer.Ordinal);
            foreach (var id in await search.ListGoneAsync([.. known.Keys], null, cancel))
                feed.AddFound(new FhirDeletion(stream.Name, id, null, null).Placed(known[id], search.Asked - server.Overlap));
            feed.Position = feed.Position with { ReconciledTo = keys[^1].Id };
            if (feed.IsFull) yield return feed.Take();
        }
        feed.Position = feed.Position with { ReconciledTo = null, Reconciled = server.Client.Now };
    }
}
