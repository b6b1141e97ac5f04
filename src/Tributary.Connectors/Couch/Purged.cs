using System.Text.Json;

namespace Tributary.Connectors.Couch;

/// <summary>The documents that a database has purged and does not hold again; none where the server does not tell (verify finds them).</summary>
internal static class Purged
{
    private const int KeysAtOnce = 500;

    public static async Task<IReadOnlyList<string>> FindAsync(CouchClient client, string database, CancellationToken cancel)
    {
        var path = CouchDb.PathOf(database);
        if (await client.FindAsync($"{path}/_purged_infos", $"purges of {database}", cancel) is not { } answer) return [];
        if (!answer.TryGetProperty("purged_infos", out var infos) || infos.ValueKind != JsonValueKind.Array) return [];
        var ids = infos.EnumerateArray().Select(info => info.TryGetProperty("id", out var id) ? id.GetString() : null).OfType<string>().Distinct();
        var gone = new List<string>();
        foreach (var some in ids.Chunk(KeysAtOnce))
        {
            var rows = await client.FindAsync($"{path}/_all_docs", $"documents of {database}", cancel, new { keys = some });
            if (rows is not { } found || !found.TryGetProperty("rows", out var list)) continue;
            gone.AddRange(some.Zip(list.EnumerateArray()).Where(pair => IsGone(pair.Second)).Select(pair => pair.First));
        }
        return gone;
    }

    // One that was made again and deleted is a change.
    private static bool IsGone(JsonElement row) => row.TryGetProperty("error", out _);
}
