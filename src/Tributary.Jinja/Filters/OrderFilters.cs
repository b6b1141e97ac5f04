using Tributary.Jinja.Functions;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Filters;

/// <summary>Filters that sort, group and compare elements.</summary>
internal static class OrderFilters
{
    private static readonly string[] GroupNames = ["grouper", "list"];

    public static IEnumerable<Builtin> All { get; } =
    [
        new("sort", "reverse=False, case_sensitive=False, attribute=None", Sort),
        new("unique", "case_sensitive=False, attribute=None", Unique),
        new("min", "case_sensitive=False, attribute=None", (v, a) => Extreme(v, a, -1)),
        new("max", "case_sensitive=False, attribute=None", (v, a) => Extreme(v, a, 1)),
        new("groupby", "attribute, default=None, case_sensitive=False", GroupBy),
    ];

    private static List<object?> Sort(object? value, BoundArguments arguments)
    {
        var context = arguments.Context;
        var items = Sequences.Of(value, context);
        var isExact = arguments.IsTrue(1);
        var paths = arguments[2] is string text ? text.Split(',') : null;
        object? KeyOf(object? item)
        {
            if (paths is null) return Folded(ItemPath.Of(item, arguments[2], context), isExact);
            if (paths.Length == 1) return Folded(ItemPath.Of(item, paths[0], context), isExact);
            return new JinjaTuple(Array.ConvertAll(paths, path => Folded(ItemPath.Of(item, path, context), isExact)));
        }

        return [.. Ordering.Sort(items, KeyOf, arguments.IsTrue(0), context)];
    }

    private static object? Folded(object? value, bool isExact) => value is string text && !isExact ? text.ToLowerInvariant() : value;

    private static List<object?> Unique(object? value, BoundArguments arguments)
    {
        var seen = new JinjaSet();
        var kept = new List<object?>();
        foreach (var item in Sequences.Of(value, arguments.Context))
        {
            if (seen.Add(Folded(ItemPath.Of(item, arguments[1], arguments.Context), arguments.IsTrue(0)))) kept.Add(item);
        }

        return kept;
    }

    private static object? Extreme(object? value, BoundArguments arguments, int direction)
    {
        var context = arguments.Context;
        var items = Sequences.Of(value, context);
        if (items.Count == 0) return new Undefined(context, "there is no smallest or largest item, the sequence is empty");
        object? KeyOf(object? item) => Folded(ItemPath.Of(item, arguments[1], context), arguments.IsTrue(0));
        var (best, bestKey) = (items[0], KeyOf(items[0]));
        for (var i = 1; i < items.Count; i++)
        {
            var key = KeyOf(items[i]);
            if (direction * ValueOrder.Compare(key, bestKey) > 0) (best, bestKey) = (items[i], key);
        }

        return best;
    }

    private static List<object?> GroupBy(object? value, BoundArguments arguments)
    {
        var context = arguments.Context;
        object? PathOf(object? item) => ItemPath.Of(item, arguments[0], context) is var found && found is Undefined && arguments[1] is not null ? arguments[1] : found;
        object? KeyOf(object? item) => Folded(PathOf(item), arguments.IsTrue(2));
        var groups = new List<object?>();
        object? lastKey = null;
        List<object?>? members = null;
        foreach (var item in Ordering.Sort(Sequences.Of(value, context), KeyOf, false, context))
        {
            var key = KeyOf(item);
            if (members is null || !ValueEquality.AreEqual(key, lastKey))
            {
                members = [];
                groups.Add(new JinjaTuple(PathOf(item), members) { Names = GroupNames });
                lastKey = key;
            }

            members.Add(item);
        }

        return groups;
    }
}
