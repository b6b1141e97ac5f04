using Tributary.Jinja;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context;

/// <summary>Plain values (dictionaries by text, lists, numbers), which configuration is made of, and the values of templates.</summary>
internal static class PlainObject
{
    public static object? From(object? value) => value switch
    {
        Undefined => null,
        JinjaDict dict => dict.ToDictionary(entry => PythonText.Of(entry.Key), entry => From(entry.Value)),
        List<object?> list => list.Select(From).ToList(),
        JinjaTuple tuple => tuple.Select(From).ToList(),
        JinjaSet set => set.Select(From).ToList(),
        IJinjaObject host => host.ToString(),
        _ => value,
    };

    /// <summary>A copy, all the way down: a template may change what it is given.</summary>
    public static object? ToTemplate(object? value) => value switch
    {
        IReadOnlyDictionary<string, object?> map => ToDict(map),
        IReadOnlyList<object?> list and not JinjaTuple => list.Select(ToTemplate).ToList(),
        _ => HostValue.From(value),
    };

    /// <summary>As JSON, keys sorted where the order means nothing: for fingerprints and names.</summary>
    public static string ToJson(object? value, bool sorted = false) => JsonText.Of(ToTemplate(value), new TemplateContext(new Scope()), sortsKeys: sorted);

    public static JinjaDict ToDict(IReadOnlyDictionary<string, object?> map)
    {
        var dict = new JinjaDict();
        foreach (var (key, value) in map) dict[key] = ToTemplate(value);
        return dict;
    }
}
