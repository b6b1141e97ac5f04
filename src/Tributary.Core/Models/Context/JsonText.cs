using System.Globalization;
using System.Text;
using System.Text.Json;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context;

/// <summary>Values of templates as JSON, spaced as Python's <c>json.dumps</c> spaces it.</summary>
internal static class JsonText
{
    public static string Of(object? value, bool sorted = false)
    {
        var text = new StringBuilder();
        Write(text, value, sorted);
        return text.ToString();
    }

    private static void Write(StringBuilder text, object? value, bool sorted)
    {
        switch (value)
        {
            case null or Undefined: text.Append("null"); break;
            case bool truth: text.Append(truth ? "true" : "false"); break;
            case string word: text.Append(JsonSerializer.Serialize(word)); break;
            case JinjaDict dict: WriteDict(text, dict, sorted); break;
            case IReadOnlyDictionary<string, object?>: Write(text, PlainObject.ToTemplate(value), sorted); break;
            case IEnumerable<object?> items: WriteList(text, items, sorted); break;
            case IFormattable number and (long or double or decimal or System.Numerics.BigInteger): text.Append(number is double ? PythonText.Repr(number) : number.ToString(null, CultureInfo.InvariantCulture)); break;
            case IJinjaObject { Items: { } items }: WriteList(text, items, sorted); break;
            default: text.Append(JsonSerializer.Serialize(value.ToString())); break;
        }
    }

    private static void WriteDict(StringBuilder text, JinjaDict dict, bool sorted)
    {
        text.Append('{');
        var first = true;
        foreach (var (key, value) in sorted ? dict.OrderBy(entry => PythonText.Of(entry.Key), StringComparer.Ordinal) : dict.AsEnumerable())
        {
            if (!first) text.Append(", ");
            first = false;
            text.Append(JsonSerializer.Serialize(PythonText.Of(key))).Append(": ");
            Write(text, value, sorted);
        }
        text.Append('}');
    }

    private static void WriteList(StringBuilder text, IEnumerable<object?> items, bool sorted)
    {
        text.Append('[');
        var first = true;
        foreach (var item in items)
        {
            if (!first) text.Append(", ");
            first = false;
            Write(text, item, sorted);
        }
        text.Append(']');
    }
}
