using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Tributary.Jinja.Values;

/// <summary>A dict: values by key, in the order in which the keys were added. Keys compare as in Python (1, 1.0 and True are one key).</summary>
[SuppressMessage("Naming", "CA1710", Justification = "The language calls it a dict.")]
public sealed class JinjaDict : IReadOnlyCollection<KeyValuePair<object?, object?>>
{
    private static readonly object NoneKey = new();
    private readonly OrderedDictionary<object, object?> entries;

    // Set once the dict belongs to templates that run at the same time; Python's own dicts bear that.
    private object? gate;

    public JinjaDict() => entries = new OrderedDictionary<object, object?>(ValueEquality.Instance);

    public JinjaDict(JinjaDict other) => entries = new OrderedDictionary<object, object?>(other.entries, ValueEquality.Instance);

    public int Count => entries.Count;

    public IEnumerable<object?> Keys => gate is null ? entries.Keys.Select(Outer) : Snapshot().Select(entry => Outer(entry.Key));

    public IEnumerable<object?> Values => gate is null ? entries.Values : Snapshot().Select(entry => entry.Value);

    public object? this[object? key]
    {
        get
        {
            if (gate is null) return entries[key ?? NoneKey];
            lock (gate) return entries[key ?? NoneKey];
        }
        set
        {
            if (gate is null)
            {
                entries[key ?? NoneKey] = value;
                return;
            }

            Share(value);
            lock (gate) entries[key ?? NoneKey] = value;
        }
    }

    public bool TryGet(object? key, out object? value)
    {
        if (gate is null) return entries.TryGetValue(key ?? NoneKey, out value);
        lock (gate) return entries.TryGetValue(key ?? NoneKey, out value);
    }

    public bool Contains(object? key) => TryGet(key, out _);

    public bool Remove(object? key, out object? value)
    {
        if (gate is null) return entries.Remove(key ?? NoneKey, out value);
        lock (gate) return entries.Remove(key ?? NoneKey, out value);
    }

    public void Clear()
    {
        lock (gate ?? entries) entries.Clear();
    }

    /// <summary>From now on templates of several threads may read and change it, and each dict that is put into it.</summary>
    public JinjaDict Shared()
    {
        gate ??= new object();
        return this;
    }

    /// <summary>The value that stands, or this one, which then stands.</summary>
    internal object? GetOrAdd(object? key, object? value)
    {
        Share(gate is null ? null : value);
        lock (gate ?? entries)
        {
            if (entries.TryGetValue(key ?? NoneKey, out var standing)) return standing;
            entries[key ?? NoneKey] = value;
            return value;
        }
    }

    internal KeyValuePair<object?, object?> RemoveLast()
    {
        lock (gate ?? entries)
        {
            var last = entries.GetAt(entries.Count - 1);
            entries.RemoveAt(entries.Count - 1);
            return new KeyValuePair<object?, object?>(Outer(last.Key), last.Value);
        }
    }

    public IEnumerator<KeyValuePair<object?, object?>> GetEnumerator()
    {
        foreach (var (key, value) in gate is null ? entries : Snapshot()) yield return new KeyValuePair<object?, object?>(Outer(key), value);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerable<KeyValuePair<object, object?>> Snapshot()
    {
        lock (gate!) return entries.ToArray(); // asked for shared dicts only
    }

    private static void Share(object? value)
    {
        if (value is not JinjaDict { gate: null } dict) return;
        dict.Shared();
        foreach (var (_, item) in dict.entries) Share(item);
    }

    private static object? Outer(object key) => ReferenceEquals(key, NoneKey) ? null : key;
}
