namespace Tributary.Jinja.Values;

/// <summary>Order of values as Python has it: numbers with numbers, text by code, rows element by element; anything else is an error.</summary>
internal static class ValueOrder
{
    public static int Compare(object? left, object? right)
    {
        if (left is Undefined u) throw u.Error();
        if (right is Undefined v) throw v.Error();
        if (left is not null && right is not null)
        {
            if (Numbers.IsNumber(left) && Numbers.IsNumber(right)) return Numbers.Compare(left, right);
            if (left is string a && right is string b) return string.CompareOrdinal(a, b);
            if (left is List<object?> c && right is List<object?> d) return CompareRows(c, d);
            if (left is JinjaTuple e && right is JinjaTuple f) return CompareRows(e, f);
            if (left is IJinjaObject and IComparable host && right is IJinjaObject) return host.CompareTo(right);
        }

        throw new TemplateException($"{TypeNames.Of(left)} and {TypeNames.Of(right)} have no order between them");
    }

    private static int CompareRows(IReadOnlyList<object?> left, IReadOnlyList<object?> right)
    {
        StackGuard.Check();
        var common = Math.Min(left.Count, right.Count);
        for (var i = 0; i < common; i++)
        {
            if (!ValueEquality.AreEqual(left[i], right[i])) return Compare(left[i], right[i]);
        }

        return left.Count.CompareTo(right.Count);
    }
}
