namespace Tributary.Jinja.Values.Operations;

/// <summary><c>+</c>, <c>*</c> and <c>-</c> on text, lists, tuples and sets; null when they have no meaning for the operands.</summary>
internal static class RowArithmetic
{
    public static object? Join(object? left, object? right, TemplateContext context)
    {
        switch (left, right)
        {
            case (string a, string b):
                context.Charge((long)a.Length + b.Length);
                return a + b;
            case (List<object?> a, List<object?> b):
                context.Step((long)a.Count + b.Count);
                return new List<object?>([.. a, .. b]);
            case (JinjaTuple a, JinjaTuple b):
                context.Step((long)a.Count + b.Count);
                return new JinjaTuple([.. a.Items, .. b.Items]);
            default:
                return null;
        }
    }

    public static object? Repeat(object? left, object? right, TemplateContext context)
    {
        if (Numbers.TryToLong(left, out var count)) (left, right) = (right, left);
        else if (!Numbers.TryToLong(right, out count)) return null;
        count = Math.Clamp(count, 0, int.MaxValue);
        switch (left)
        {
            case string text:
                context.Charge(text.Length * count);
                return string.Concat(Enumerable.Repeat(text, text.Length == 0 ? 0 : (int)count));
            case List<object?> list:
                return new List<object?>(Copies(list, count, context));
            case JinjaTuple tuple:
                return new JinjaTuple(Copies(tuple.Items, count, context));
            default:
                return null;
        }
    }

    public static object? Without(object? left, object? right)
    {
        if (left is not JinjaSet a || right is not JinjaSet b) return null;
        var rest = new JinjaSet();
        foreach (var item in a)
        {
            if (!b.Contains(item)) rest.Add(item);
        }

        return rest;
    }

    private static object?[] Copies(IReadOnlyList<object?> row, long count, TemplateContext context)
    {
        if (row.Count == 0) return [];
        context.Step(row.Count * count);
        var items = new object?[row.Count * count];
        for (var i = 0; i < items.Length; i++) items[i] = row[i % row.Count];
        return items;
    }
}
