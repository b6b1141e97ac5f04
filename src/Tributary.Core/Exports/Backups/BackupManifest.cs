using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tributary.Core.Exports.Backups;

/// <summary>
/// What a backup holds, as of one snapshot: the rows of each table, and where each stream stood. Written last: a dump without it is none. A restore is compared with it.
/// </summary>
public sealed record BackupManifest(
    string Name,
    string Project,
    string Target,
    DateTimeOffset TakenAt,
    string ServerVersion,
    long Bytes,
    string Sha256,
    IReadOnlyDictionary<string, long> Tables,
    IReadOnlyDictionary<string, string> Streams)
{
    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    [JsonIgnore]
    public string DumpFile => $"{Name}.dump";

    [JsonIgnore]
    public string ManifestFile => $"{Name}.json";

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Form);

    /// <summary>Null when the text is no manifest.</summary>
    public static async Task<BackupManifest?> ReadAsync(Stream json, CancellationToken cancel)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<BackupManifest>(json, Form, cancel);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What differs from another state of the same things, a line each; no more than fifty.</summary>
    public IEnumerable<string> Differences(BackupState found)
    {
        ArgumentNullException.ThrowIfNull(found);
        var tables = Tables.Keys.Union(found.Tables.Keys).Order(StringComparer.Ordinal)
            .Where(name => Tables.GetValueOrDefault(name, -1) != found.Tables.GetValueOrDefault(name, -1))
            .Select(name => $"{name}: {Shown(Tables, name)} were backed up, {Shown(found.Tables, name)} are there");
        var streams = Streams.Keys.Union(found.Streams.Keys).Order(StringComparer.Ordinal)
            .Where(name => Streams.GetValueOrDefault(name) != found.Streams.GetValueOrDefault(name))
            .Select(name => $"{name}: the position is another than was backed up");
        return tables.Concat(streams).Take(50);
    }

    private static string Shown(IReadOnlyDictionary<string, long> tables, string name) => tables.TryGetValue(name, out var rows) ? $"{rows} rows" : "no table";
}
