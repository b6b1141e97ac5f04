using System.Runtime.CompilerServices;
using Tributary.Core.Ingest;
using Tributary.Core.Ingest.Formats;

namespace Tributary.Connectors.Fhir;

/// <summary>
/// Asks the server for the ids that the raw table holds, a hundred at a time; those that it no longer gives are deleted. It walks over our
/// keys and not over the server's pages, so that nothing that slips between two pages is taken for deleted.
/// </summary>
internal sealed class Reconciliation(FhirServer server, SourceStream stream, Feed feed, StoredKeys stored)
{
    private const int Keys = 100;
    private const int Setbacks = 5;
    private const int MostDoubts = 5;

    private readonly FhirClient client = server.Client;
    private DateTime? asked; // by the server's clock

    public async IAsyncEnumerable<RecordBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        while (await stored.ListAsync(feed.Position.ReconciledTo ?? "", Keys, cancel) is { Count: > 0 } keys)
        {
            foreach (var key in await ListGoneAsync(keys, cancel))
                feed.AddFound(new FhirDeletion(stream.Name, key.Id, null, null).Placed(key, asked - server.Overlap));
            feed.Position = feed.Position with { ReconciledTo = keys[^1].Id };
            if (feed.IsFull) yield return feed.Take();
        }
        feed.Position = feed.Position with { ReconciledTo = null, Reconciled = client.Now };
    }

    // Those that were not given are asked for again, without the others, until none of them comes: a server may give fewer than were asked for
    // on a page, and from one page to the next some slip through.
    private async Task<IReadOnlyList<RecordKey>> ListGoneAsync(IReadOnlyList<RecordKey> keys, CancellationToken cancel)
    {
        var rest = keys;
        for (var doubts = 0; rest.Count > 0;)
        {
            var there = await FindAsync(rest, cancel);
            var left = rest.Where(key => !there.Contains(key.Id)).ToList();
            if (left.Count == rest.Count && await IsGoneAsync(rest[0].Id, cancel)) break;
            // It may have come back between the two questions, but not again and again.
            if (left.Count == rest.Count && ++doubts == MostDoubts)
                throw server.Wrong($"gives none of some {stream.Name} when asked for their ids, yet has the first of them", "Its search index may be broken; take deletions: none until it is repaired.");
            rest = left;
        }
        return rest;
    }

    private async Task<HashSet<string>> FindAsync(IReadOnlyList<RecordKey> keys, CancellationToken cancel)
    {
        var address = client.Places.Below($"{stream.Name}?_id={Queries.Ids(keys.Select(key => key.Id))}&_elements=id&_count={Keys}");
        for (var setbacks = 0; setbacks < Setbacks; setbacks++)
        {
            if (setbacks > 0) await client.Transport.WaitAsync(setbacks, null, cancel);
            var there = new HashSet<string>(StringComparer.Ordinal);
            using var page = await FhirPage.OpenAsync(client, address, server.Load.MaxRecordBytes.Bytes, cancel);
            await page.RequireAsync(cancel);
            await page.ReadAsync(entry => See(entry, there), cancel);
            if (page.IsCut) continue;
            if (page.Heeded?.Contains("_id") == false)
                throw server.Wrong($"does not heed the parameter _id of a search for {stream.Name}", "Take deletions: history or none.");
            asked = page.Date;
            return there;
        }
        throw client.Transport.Unreachable($"breaks off while it gives ids of {stream.Name}");
    }

    private bool See(in BundleEntry entry, HashSet<string> there)
    {
        if (entry.Resource.Length > 0 && FhirResource.Read(entry.Resource.Bytes.Span, stream.Name, out var key, out _) is null) there.Add(key.Id);
        return false;
    }

    // A server that has lost its index gives none either; one of them is asked for by itself.
    private async Task<bool> IsGoneAsync(string id, CancellationToken cancel)
    {
        var request = new FhirRequest(client.Places.Below($"{stream.Name}/{Uri.EscapeDataString(id)}"));
        using var answer = await client.SendAsync(request, cancel);
        if (answer.Status is 404 or 410) return true;
        return answer.IsGood ? false : throw await client.RefusedAsync(answer, client.Places.Below(stream.Name), cancel);
    }
}
