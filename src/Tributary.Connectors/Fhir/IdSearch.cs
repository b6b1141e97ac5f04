using Tributary.Core.Ingest;
using Tributary.Core.Ingest.Formats;

namespace Tributary.Connectors.Fhir;

/// <summary>
/// Asks the server for records by their ids, and finds out which of them it no longer has. <paramref name="elements"/>: all that is wanted of a record, as far
/// as the server heeds it.
/// </summary>
internal sealed class IdSearch(FhirServer server, SourceStream stream, string? elements)
{
    /// <summary>Ids in one question.</summary>
    public const int Most = 100;

    private const int Setbacks = 5;
    private const int MostDoubts = 5;

    private readonly FhirClient client = server.Client;

    /// <summary>When the server gave its last answer, by its own clock.</summary>
    public DateTime? Asked { get; private set; }

    /// <summary>
    /// Those of the ids that are gone; what the others are goes to <paramref name="take"/>, after an interruption twice. Those that were not given are asked for
    /// again, without the others, until none of them comes: a server may give fewer than were asked for on a page, and from one page to the next some slip through.
    /// </summary>
    public async Task<IReadOnlyList<string>> ListGoneAsync(IReadOnlyList<string> ids, Action<Line>? take, CancellationToken cancel)
    {
        var rest = ids;
        for (var doubts = 0; rest.Count > 0;)
        {
            var there = await FindAsync(rest, take, cancel);
            var left = rest.Where(id => !there.Contains(id)).ToList();
            if (left.Count == rest.Count && await IsGoneAsync(rest[0], cancel)) break;
            // It may have come back between the two questions, but not again and again.
            if (left.Count == rest.Count && ++doubts == MostDoubts)
                throw server.Wrong($"gives none of some {stream.Name} when asked for their ids, yet has the first of them", "Its search index may be broken; take deletions: none until it is repaired.");
            rest = left;
        }
        return rest;
    }

    private async Task<HashSet<string>> FindAsync(IReadOnlyList<string> ids, Action<Line>? take, CancellationToken cancel)
    {
        var address = client.Places.Below($"{stream.Name}?_id={Queries.Ids(ids)}{(elements is null ? "" : $"&_elements={elements}")}&_count={Most}");
        for (var setbacks = 0; setbacks < Setbacks; setbacks++)
        {
            if (setbacks > 0) await client.Transport.WaitAsync(setbacks, null, cancel);
            var there = new HashSet<string>(StringComparer.Ordinal);
            using var page = await FhirPage.OpenAsync(client, address, server.Load.MaxRecordBytes.Bytes, cancel);
            await page.RequireAsync(cancel);
            await page.ReadAsync(entry => See(entry, there, take), cancel);
            if (page.IsCut) continue;
            if (page.Heeded?.Contains("_id") == false)
                throw server.Wrong($"does not heed the parameter _id of a search for {stream.Name}", "Take deletions: history or none.");
            Asked = page.Date;
            return there;
        }
        throw client.Transport.Unreachable($"breaks off while it gives ids of {stream.Name}");
    }

    private bool See(in BundleEntry entry, HashSet<string> there, Action<Line>? take)
    {
        if (entry.Resource.Length == 0 || FhirResource.Read(entry.Resource.Bytes.Span, stream.Name, out var key, out _) is not null) return false;
        there.Add(key.Id);
        take?.Invoke(entry.Resource);
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
