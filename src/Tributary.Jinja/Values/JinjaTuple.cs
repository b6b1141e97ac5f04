using System.Collections;

namespace Tributary.Jinja.Values;

/// <summary>A tuple: a fixed row of values.</summary>
public sealed class JinjaTuple(params object?[] items) : IReadOnlyList<object?>
{
    private int? hash;

    public int Count => items.Length;

    public object? this[int index] => items[index];

    internal object?[] Items => items;

    /// <summary>Names by which the elements can be read too, where they have any.</summary>
    internal string[] Names { get; init; } = [];

    /// <summary>Kept once it is known, so that tuples in tuples stay cheap as keys.</summary>
    internal int CachedHash(Func<object?, int> hashOf)
    {
        if (hash is { } known) return known;
        var code = new HashCode();
        foreach (var item in items) code.Add(hashOf(item));
        hash = code.ToHashCode();
        return hash.Value;
    }

    public IEnumerator<object?> GetEnumerator() => ((IEnumerable<object?>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
