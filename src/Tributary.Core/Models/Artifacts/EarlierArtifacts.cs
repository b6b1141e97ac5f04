using System.Text.Json;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Artifacts;

/// <summary>Reads the artifacts of an earlier run, ours or dbt's, from the folder that <c>--state</c> names.</summary>
internal sealed class EarlierArtifacts(string folder)
{
    /// <summary>How each node ended (<c>run_results.json</c>); null when the file is not there.</summary>
    public IReadOnlyDictionary<string, string>? ReadResults()
    {
        using var document = Read("run_results.json");
        if (document is null) return null;
        var results = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var result in Items(document.RootElement, "results"))
        {
            if (Text(result, "unique_id") is { } id && Text(result, "status") is { } status) results[id] = status;
        }
        return results;
    }

    /// <summary>Sources whose newest record is later now than then; null when either <c>sources.json</c> is missing.</summary>
    public IReadOnlySet<string>? ReadFresher(string currentFolder)
    {
        var then = ReadLoadedAt();
        var now = new EarlierArtifacts(currentFolder).ReadLoadedAt();
        if (then is null || now is null) return null;
        var fresher = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (id, at) in now)
        {
            if (!then.TryGetValue(id, out var before) || at > before) fresher.Add(id);
        }
        return fresher;
    }

    private Dictionary<string, DateTimeOffset>? ReadLoadedAt()
    {
        using var document = Read("sources.json");
        if (document is null) return null;
        var loaded = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var result in Items(document.RootElement, "results"))
        {
            if (Text(result, "unique_id") is { } id && result.TryGetProperty("max_loaded_at", out var at) && at.ValueKind == JsonValueKind.String && at.TryGetDateTimeOffset(out var time)) loaded[id] = time;
        }
        return loaded;
    }

    /// <summary>The file's tree; null when it is not there.</summary>
    public JsonDocument? Read(string name)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path)) return null;
        try
        {
            using var file = File.OpenRead(path);
            return JsonDocument.Parse(file);
        }
        catch (JsonException error)
        {
            throw new UserErrorException(ErrorCodes.StateUnreadable, new SourcePosition(path, (int)(error.LineNumber ?? 0) + 1), "this is no artifact of an earlier run: it is not JSON", "Name the folder of a finished run's artifacts with --state.");
        }
    }

    private static IEnumerable<JsonElement> Items(JsonElement root, string key) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(key, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    private static string? Text(JsonElement element, string key) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
