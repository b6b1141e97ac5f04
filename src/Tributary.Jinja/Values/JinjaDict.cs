using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Tributary.Jinja.Values;

/// <summary>A dict: values by key, in the order in which the keys were added. Keys compare as in Python (1, 1.0 and True are one key).</summary>
[SuppressMessage("Naming", "CA1710", Justification = "The language calls it a dict.")]
public sealed class JinjaDict : IReadOnlyCollection<KeyValuePair<object?, object?>>
{
    private static readonly object NoneKey = new();
    private readonly OrderedDictionary<object, object?> entries;

    public JinjaDict() => entries = new OrderedDictionary<object, object?>(ValueEquality.Instance);

    public JinjaDict(JinjaDict other) => entries = new OrderedDictionary<object, object?>(other.entries, ValueEquality.Instance);

    public int Count => entries.Count;

    public IEnumerable<object?> Keys => entries.Keys.Select(Outer);

    public IEnumerable<object?> Values => entries.Values;

    public object? this[object? key]
    {
        get => entries[key ?? NoneKey];
        set => entries[key ?? NoneKey] = value;
    }

    public bool TryGet(object? key, out object? value) => entries.TryGetValue(key ?? NoneKey, out value);

    public bool Contains(object? key) => entries.ContainsKey(key ?? NoneKey);

    public bool Remove(object? key, out object? value) => entries.Remove(key ?? NoneKey, out value);

    public void Clear() => entries.Clear();

    internal KeyValuePair<object?, object?> RemoveLast()
    {
        var last = entries.GetAt(entries.Count - 1);
        entries.RemoveAt(entries.Count - 1);
        return new KeyValuePair<object?, object?>(Outer(last.Key), last.Value);
    }

    public IEnumerator<KeyValuePair<object?, object?>> GetEnumerator()
    {
        foreach (var (key, value) in entries) yield return new KeyValuePair<object?, object?>(Outer(key), value);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static object? Outer(object key) => ReferenceEquals(key, NoneKey) ? null : key;
}
