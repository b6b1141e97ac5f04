using System.Collections;
using System.Globalization;
using System.Text.Json;

namespace Tributary.Jinja.Values;

/// <summary>Turns what a host gives (any CLR number, dictionary, sequence, JSON) into the values that templates know.</summary>
public static class HostValue
{
    public static object? From(object? value) => value switch
    {
        null or string or long or double or List<object?> or JinjaDict or IJinjaObject or ICallable => value,
        bool flag => Boxed.Bool(flag),
        JinjaTuple or JinjaSet or DictView or NumberRange or Undefined or System.Numerics.BigInteger or decimal => value,
        int or short or byte or sbyte or ushort or uint => Boxed.Integer(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        ulong number => Numbers.Whole(number),
        float number => (double)number,
        char or Guid => value.ToString(),
        JsonElement json => FromJson(json),
        IEnumerable<KeyValuePair<string, object?>> pairs => FromPairs(pairs),
        IEnumerable<KeyValuePair<string, string>> pairs => FromPairs(pairs.Select(p => KeyValuePair.Create(p.Key, (object?)p.Value))),
        IDictionary dictionary => FromDictionary(dictionary),
        IEnumerable items => FromItems(items),
        _ => value,
    };

    private static JinjaDict FromPairs(IEnumerable<KeyValuePair<string, object?>> pairs)
    {
        var dict = new JinjaDict();
        foreach (var (key, item) in pairs) dict[key] = From(item);
        return dict;
    }

    private static JinjaDict FromDictionary(IDictionary dictionary)
    {
        var dict = new JinjaDict();
        foreach (DictionaryEntry entry in dictionary) dict[From(entry.Key)] = From(entry.Value);
        return dict;
    }

    private static List<object?> FromItems(IEnumerable items)
    {
        var list = new List<object?>();
        foreach (var item in items) list.Add(From(item));
        return list;
    }

    private static object? FromJson(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.True => Boxed.True,
        JsonValueKind.False => Boxed.False,
        JsonValueKind.Number => FromJsonNumber(json),
        JsonValueKind.Array => FromItems(json.EnumerateArray().Select(e => (object)e)),
        JsonValueKind.Object => FromPairs(json.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, (object?)p.Value))),
        _ => null,
    };

    private static object FromJsonNumber(JsonElement json)
    {
        if (json.TryGetInt64(out var number)) return Boxed.Integer(number);
        var text = json.GetRawText();
        return text.AsSpan().IndexOfAny('.', 'e', 'E') < 0
            ? System.Numerics.BigInteger.Parse(text, CultureInfo.InvariantCulture)
            : json.GetDouble();
    }
}
