using System.Collections;

namespace Tributary.Jinja.Values;

/// <summary>What <c>keys()</c>, <c>values()</c> and <c>items()</c> give: a live view of a dict.</summary>
internal sealed class DictView(JinjaDict dict, string kind) : IReadOnlyCollection<object?>
{
    public const string OfKeys = "dict_keys";
    public const string OfValues = "dict_values";
    public const string OfItems = "dict_items";

    public string Kind => kind;

    public int Count => dict.Count;

    public IEnumerator<object?> GetEnumerator() => (kind switch
    {
        OfKeys => dict.Keys,
        OfValues => dict.Values,
        _ => dict.Select(pair => (object?)new JinjaTuple(pair.Key, pair.Value)),
    }).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
