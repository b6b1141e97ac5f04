namespace Tributary.Jinja.Values;

/// <summary>A merge sort: equal elements keep their order, and an error of the comparison comes through as it is.</summary>
internal static class StableSort
{
    public static void Sort(object?[] items, Comparison<object?> compare)
    {
        if (items.Length < 2) return;
        Sort(items.AsSpan(), new object?[items.Length], compare);
    }

    private static void Sort(Span<object?> items, Span<object?> spare, Comparison<object?> compare)
    {
        if (items.Length < 2) return;
        var middle = items.Length / 2;
        Sort(items[..middle], spare, compare);
        Sort(items[middle..], spare, compare);
        if (compare(items[middle - 1], items[middle]) <= 0) return;
        items[..middle].CopyTo(spare);
        Merge(spare[..middle], items, compare);
    }

    /// <summary>Merges the saved left half with the right half that stands at the end of <paramref name="items"/>.</summary>
    private static void Merge(ReadOnlySpan<object?> left, Span<object?> items, Comparison<object?> compare)
    {
        var (i, j, to) = (0, left.Length, 0);
        while (i < left.Length && j < items.Length)
        {
            items[to++] = compare(left[i], items[j]) <= 0 ? left[i++] : items[j++];
        }

        left[i..].CopyTo(items[to..]);
    }
}
