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

    private readonly FhirClient client = server.Client;
    private DateTime? asked;

    public async IAsyncEnumerable<RecordBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        while (await stored(feed.Position.ReconciledTo ?? "", Keys, cancel) is { Count: > 0 } keys)
        {
            var there = await FindAsync(keys, cancel);
            var gone = keys.Where(key => !there.Contains(key.Id)).ToList();
            if (there.Count == 0) await RequireGoneAsync(gone[0].Id, cancel);
            foreach (var key in gone) feed.AddFound(new FhirDeletion(stream.Name, key.Id, null, DeletedAt(key)));
            feed.Position = feed.Position with { ReconciledTo = keys[^1].Id };
            if (feed.IsFull) yield return feed.Take();
        }
        feed.Position = feed.Position with { ReconciledTo = null, Reconciled = client.Now };
    }

    // When is not told: after the version that we hold, and before the server answered. The overlap allows for clocks that differ, so that
    // a resource that comes back is newer than its deletion.
    private DateTime? DeletedAt(in RecordKey key)
    {
        var latest = (asked ?? client.Now) - server.Overlap;
        return key.LastUpdated is { } last && last >= latest ? last.AddMicroseconds(1) : latest;
    }

    private async Task<HashSet<string>> FindAsync(IReadOnlyList<RecordKey> keys, CancellationToken cancel)
    {
        var there = new HashSet<string>(StringComparer.Ordinal);
        Uri? next = client.Places.Below($"{stream.Name}?_id={Queries.Ids(keys.Select(key => key.Id))}&_elements=id&_count={Keys}");
        var setbacks = 0;
        for (var pages = 0; next is not null && pages <= Keys; pages++)
        {
            using var page = await FhirPage.OpenAsync(client, next, server.Load.MaxRecordBytes.Bytes, cancel);
            await page.RequireAsync(cancel);
            await page.ReadAsync(entry => See(entry, there), cancel);
            if (page.IsCut)
            {
                if (++setbacks > Setbacks) throw client.Transport.Unreachable($"breaks off while it gives ids of {stream.Name}");
                await client.Transport.WaitAsync(setbacks, null, cancel);
                continue;
            }
            if (pages == setbacks && page.Heeded?.Contains("_id") == false)
                throw server.Wrong($"does not heed the parameter _id of a search for {stream.Name}", "Take deletions: history or none.");
            (asked, next) = (page.Date, page.Next);
        }
        return there;
    }

    private bool See(in BundleEntry entry, HashSet<string> there)
    {
        if (entry.Resource.Length > 0 && FhirResource.Read(entry.Resource.Bytes.Span, stream.Name, out var key, out _) is null) there.Add(key.Id);
        return false;
    }

    // A server that gives none of a hundred ids may have lost its index; one of them is asked for by itself.
    private async Task RequireGoneAsync(string id, CancellationToken cancel)
    {
        var request = new FhirRequest(client.Places.Below($"{stream.Name}/{Uri.EscapeDataString(id)}"));
        using var answer = await client.SendAsync(request, cancel);
        if (answer.Status is 404 or 410) return;
        if (!answer.IsGood) throw await client.RefusedAsync(answer, client.Places.Below(stream.Name), cancel);
        throw server.Wrong($"gives none of {Keys} {stream.Name} when asked for their ids, yet has the first of them", "Its search index may be broken; take deletions: none until it is repaired.");
    }
}
