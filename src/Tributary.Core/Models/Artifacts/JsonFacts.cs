using System.Text.Json;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Artifacts;

/// <summary>Reads entries of an earlier manifest, and holds their values against values of now.</summary>
internal static class JsonFacts
{
    /// <summary>The value under nested keys; null when it is not there or null.</summary>
    public static JsonElement? At(this JsonElement element, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(key, out element)) return null;
        }
        return element.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? null : element;
    }

    public static string? Text(this JsonElement element, params ReadOnlySpan<string> keys) => element.At(keys) is { ValueKind: JsonValueKind.String } found ? found.GetString() : null;

    public static bool IsTrue(this JsonElement element, params ReadOnlySpan<string> keys) => element.At(keys) is { ValueKind: JsonValueKind.True };

    /// <summary>True when both say the same; nothing, null, and an empty list or map are one.</summary>
    public static bool Same(JsonElement? then, object? now)
    {
        if (IsNothing(then)) return IsNothing(now);
        if (IsNothing(now)) return false;
        var element = then!.Value; // it is not nothing
        return now switch
        {
            string text => element.ValueKind == JsonValueKind.String && element.GetString() == text,
            bool truth => element.ValueKind == (truth ? JsonValueKind.True : JsonValueKind.False),
            long or int or double or decimal => element.ValueKind == JsonValueKind.Number && element.GetDouble().Equals(Convert.ToDouble(now, System.Globalization.CultureInfo.InvariantCulture)),
            JinjaDict dict => SameMap(element, [.. dict.Select(entry => KeyValuePair.Create(PythonText.Of(entry.Key), entry.Value))]),
            IReadOnlyDictionary<string, object?> map => SameMap(element, [.. map]),
            IEnumerable<object?> items => SameList(element, [.. items]),
            _ => element.ToString() == now?.ToString(),
        };
    }

    private static bool SameMap(JsonElement then, IReadOnlyList<KeyValuePair<string, object?>> now)
    {
        if (then.ValueKind != JsonValueKind.Object) return false;
        foreach (var (key, value) in now)
        {
            if (!Same(then.At(key), value)) return false;
        }
        foreach (var entry in then.EnumerateObject())
        {
            if (!IsNothing(entry.Value) && now.All(pair => pair.Key != entry.Name)) return false;
        }
        return true;
    }

    private static bool SameList(JsonElement then, IReadOnlyList<object?> now)
    {
        if (then.ValueKind != JsonValueKind.Array || then.GetArrayLength() != now.Count) return false;
        var i = 0;
        foreach (var item in then.EnumerateArray())
        {
            if (!Same(item, now[i++])) return false;
        }
        return true;
    }

    private static bool IsNothing(JsonElement? element) => element is null
        || element.Value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined
        || (element.Value.ValueKind == JsonValueKind.Array && element.Value.GetArrayLength() == 0)
        || (element.Value.ValueKind == JsonValueKind.Object && !element.Value.EnumerateObject().Any());

    private static bool IsNothing(object? value) => value switch
    {
        null => true,
        string => false,
        JinjaDict dict => dict.Count == 0,
        System.Collections.ICollection items => items.Count == 0,
        IReadOnlyCollection<object?> items => items.Count == 0,
        _ => false,
    };
}
