using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Tributary.Jinja.Values;

/// <summary>A dict: values by key, in the order in which the keys were added. Keys compare as in Python (1, 1.0 and True are one key).</summary>
[SuppressMessage("Naming", "CA1710", Justification = "The language calls it a dict.")]
public sealed class JinjaDict : IReadOnlyCollection<KeyValuePair<object?, object?>>
{
    private static readonly object NoneKey = new();
    private OrderedDictionary<object, object?>? known;
    private Func<JinjaDict>? make;

    // Set once the dict belongs to templates that run at the same time; Python's own dicts bear that.
    private object? gate;

    public JinjaDict() => known = new OrderedDictionary<object, object?>(ValueEquality.Instance);

    public JinjaDict(JinjaDict other) => known = new OrderedDictionary<object, object?>(other.Entries, ValueEquality.Instance);

    private JinjaDict(Func<JinjaDict> make) => this.make = make;

    /// <summary>A large dict that most templates only pass on: made when somebody looks into it. What <paramref name="make"/> returns is the dict's own.</summary>
    public static JinjaDict Later(Func<JinjaDict> make) => new(make);

    public int Count => Entries.Count;

    private OrderedDictionary<object, object?> Entries => known ?? Make();

    public IEnumerable<object?> Keys => gate is null ? Entries.Keys.Select(Outer) : Snapshot().Select(entry => Outer(entry.Key));

    public IEnumerable<object?> Values => gate is null ? Entries.Values : Snapshot().Select(entry => entry.Value);

    public object? this[object? key]
    {
        get
        {
            if (gate is null) return Entries[key ?? NoneKey];
            lock (gate) return Entries[key ?? NoneKey];
        }
        set
        {
            if (gate is null)
            {
                Entries[key ?? NoneKey] = value;
                return;
            }

            Share(value);
            lock (gate) Entries[key ?? NoneKey] = value;
        }
    }

    public bool TryGet(object? key, out object? value)
    {
        if (gate is null) return Entries.TryGetValue(key ?? NoneKey, out value);
        lock (gate) return Entries.TryGetValue(key ?? NoneKey, out value);
    }

    public bool Contains(object? key) => TryGet(key, out _);

    public bool Remove(object? key, out object? value)
    {
        if (gate is null) return Entries.Remove(key ?? NoneKey, out value);
        lock (gate) return Entries.Remove(key ?? NoneKey, out value);
    }

    public void Clear()
    {
        lock (gate ?? Entries) Entries.Clear();
    }

    /// <summary>From now on templates of several threads may read and change it, and each dict that is put into it.</summary>
    public JinjaDict Shared()
    {
        _ = Entries;
        gate ??= new object();
        return this;
    }

    /// <summary>The value that stands, or this one, which then stands.</summary>
    internal object? GetOrAdd(object? key, object? value)
    {
        Share(gate is null ? null : value);
        lock (gate ?? Entries)
        {
            if (Entries.TryGetValue(key ?? NoneKey, out var standing)) return standing;
            Entries[key ?? NoneKey] = value;
            return value;
        }
    }

    internal KeyValuePair<object?, object?> RemoveLast()
    {
        lock (gate ?? Entries)
        {
            var last = Entries.GetAt(Entries.Count - 1);
            Entries.RemoveAt(Entries.Count - 1);
            return new KeyValuePair<object?, object?>(Outer(last.Key), last.Value);
        }
    }

    public IEnumerator<KeyValuePair<object?, object?>> GetEnumerator()
    {
        foreach (var (key, value) in gate is null ? Entries : Snapshot()) yield return new KeyValuePair<object?, object?>(Outer(key), value);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerable<KeyValuePair<object, object?>> Snapshot()
    {
        lock (gate!) return Entries.ToArray(); // asked for shared dicts only
    }

    private OrderedDictionary<object, object?> Make()
    {
        known = make!().Entries; // a dict without entries has it
        make = null;
        return known;
    }

    private static void Share(object? value)
    {
        if (value is not JinjaDict { gate: null } dict) return;
        dict.Shared();
        foreach (var (_, item) in dict.Entries) Share(item);
    }

    private static object? Outer(object key) => ReferenceEquals(key, NoneKey) ? null : key;
}
