using System.Collections;

namespace Tributary.Jinja.Values;

/// <summary>A set: each value once, in the order in which they were added (so that output is the same every time).</summary>
public sealed class JinjaSet : IReadOnlyCollection<object?>
{
    private readonly JinjaDict items = new();

    public int Count => items.Count;

    public bool Add(object? item)
    {
        if (items.Contains(item)) return false;
        items[item] = null;
        return true;
    }

    public bool Contains(object? item) => items.Contains(item);

    public bool Remove(object? item) => items.Remove(item, out _);

    public void Clear() => items.Clear();

    public IEnumerator<object?> GetEnumerator() => items.Keys.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
