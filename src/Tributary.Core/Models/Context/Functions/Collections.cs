using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Functions;

/// <summary>Functions over lists and dicts that dbt adds to the language.</summary>
internal static class Collections
{
    /// <summary>The elements of a value that can be looped over; none of any other.</summary>
    public static IEnumerable<object?> Items(object? value) => value switch
    {
        JinjaDict dict => dict.Keys,
        string text => text.Select(c => (object?)c.ToString()),
        IEnumerable<object?> items => items,
        IJinjaObject { Items: { } items } => items,
        _ => [],
    };

    /// <summary>A set, in the order of first appearance; null when the value cannot be looped over.</summary>
    public static object? Set(BoundArguments a) => IsIterable(a[0]) ? Items(a[0]).Distinct().ToList() : null;

    public static object? Zip(BoundArguments a)
    {
        if (!a.Rest.All(IsIterable)) return null;
        object?[][] lists = [.. a.Rest.Select(list => Items(list).ToArray())];
        var length = lists.Length == 0 ? 0 : lists.Min(list => list.Length);
        return Enumerable.Range(0, length).Select(i => (object?)new JinjaTuple([.. lists.Select(list => list[i])])).ToList();
    }

    /// <summary>What the first map of lists has and the second has not (grants).</summary>
    public static object? Difference(BoundArguments a)
    {
        var result = new JinjaDict();
        if (a[0] is not JinjaDict first || a[1] is not JinjaDict second) return result;
        foreach (var (key, value) in first)
        {
            var others = second.TryGet(key, out var other) ? Items(other).Select(PythonText.Of).ToHashSet(StringComparer.OrdinalIgnoreCase) : [];
            var left = Items(value).Where(item => !others.Contains(PythonText.Of(item))).ToList();
            if (left.Count > 0) result[key] = left;
        }
        return result;
    }

    private static bool IsIterable(object? value) => value is string or JinjaDict or IEnumerable<object?> or IJinjaObject { Items: not null };
}
