using Tributary.Jinja.Values;

namespace Tributary.Jinja.Filters;

/// <summary>Sorts values by a key.</summary>
internal static class Ordering
{
    public static object?[] Sort(IReadOnlyList<object?> items, Func<object?, object?> keyOf, bool isReverse, TemplateContext context)
    {
        context.Step(items.Count);
        var keyed = new object?[items.Count];
        for (var i = 0; i < keyed.Length; i++) keyed[i] = new KeyValuePair<object?, object?>(keyOf(items[i]), items[i]);
        var direction = isReverse ? -1 : 1;
        StableSort.Sort(keyed, (a, b) =>
        {
            context.Step(1);
            return KeyOf(a) is Undefined && KeyOf(b) is Undefined ? 0 : direction * ValueOrder.Compare(KeyOf(a), KeyOf(b));
        });
        return Array.ConvertAll(keyed, pair => ((KeyValuePair<object?, object?>)pair!).Value);
    }

    private static object? KeyOf(object? pair) => ((KeyValuePair<object?, object?>)pair!).Key; // every element was made above
}
