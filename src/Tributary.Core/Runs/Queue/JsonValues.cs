using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tributary.Core.Runs.Queue;

/// <summary>Plain values (as YAML gives them) to JSON and back.</summary>
public static class JsonValues
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(object? value) => JsonSerializer.Serialize(value, Options);

    public static IReadOnlyDictionary<string, object?> ReadMap(string json)
    {
        using var document = JsonDocument.Parse(json);
        return (Dictionary<string, object?>)Read(document.RootElement)!; // a map is never null
    }

    public static object? Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Read(document.RootElement);
    }

    private static object? Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().ToDictionary(entry => entry.Name, entry => Read(entry.Value)),
        JsonValueKind.Array => element.EnumerateArray().Select(Read).ToList(),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? whole : element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };
}
