using System.Collections;
using System.Numerics;
using System.Text.Json;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Artifacts;

/// <summary>Values of templates and plain values as JSON, straight into a writer.</summary>
internal static class PictureJson
{
    public static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null or Undefined: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case bool truth: json.WriteBooleanValue(truth); break;
            case long whole: json.WriteNumberValue(whole); break;
            case int whole: json.WriteNumberValue(whole); break;
            case double real when double.IsFinite(real): json.WriteNumberValue(real); break;
            case decimal number: json.WriteNumberValue(number); break;
            case BigInteger number: json.WriteRawValue(number.ToString(System.Globalization.CultureInfo.InvariantCulture)); break;
            case JinjaDict dict: WriteDict(json, dict); break;
            case IReadOnlyDictionary<string, object?> map: WriteMap(json, map); break;
            case IEnumerable items: WriteItems(json, items); break;
            default: json.WriteStringValue(value.ToString()); break;
        }
    }

    /// <summary>The entries of a picture without its braces, so that others can follow; keys for which <paramref name="skips"/> holds are left out.</summary>
    public static void WriteEntries(Utf8JsonWriter json, JinjaDict dict, Func<string, bool>? skips = null)
    {
        foreach (var (key, value) in dict)
        {
            var name = key as string ?? PythonText.Of(key);
            if (skips?.Invoke(name) == true) continue;
            json.WritePropertyName(name);
            Write(json, value);
        }
    }

    private static void WriteDict(Utf8JsonWriter json, JinjaDict dict)
    {
        json.WriteStartObject();
        WriteEntries(json, dict);
        json.WriteEndObject();
    }

    private static void WriteMap(Utf8JsonWriter json, IReadOnlyDictionary<string, object?> map)
    {
        json.WriteStartObject();
        foreach (var (key, value) in map)
        {
            json.WritePropertyName(key);
            Write(json, value);
        }
        json.WriteEndObject();
    }

    private static void WriteItems(Utf8JsonWriter json, IEnumerable items)
    {
        json.WriteStartArray();
        foreach (var item in items) Write(json, item);
        json.WriteEndArray();
    }
}
