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
    public static object? Set(BoundArguments a)
    {
        if (!IsIterable(a[0])) return null;
        var set = new JinjaSet();
        foreach (var item in a.Context.ElementsOf(a[0])) set.Add(item);
        return set;
    }

    public static object? Zip(BoundArguments a)
    {
        if (!a.Rest.All(IsIterable)) return null;
        object?[][] lists = [.. a.Rest.Select(list => Items(list).ToArray())];
        var length = lists.Length == 0 ? 0 : lists.Min(list => list.Length);
        return Enumerable.Range(0, length).Select(i => (object?)new JinjaTuple([.. lists.Select(list => list[i])])).ToList();
    }

    /// <summary>What the first map of lists has and the second has not, in lower case (grants).</summary>
    public static object? Difference(BoundArguments a)
    {
        var result = new JinjaDict();
        if (a[0] is not JinjaDict first || a[1] is not JinjaDict second) return result;
        var others = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var (key, value) in second) others[Lower(key)] = [.. Items(value).Select(Lower)];
        foreach (var (key, value) in first)
        {
            var left = Items(value).Select(Lower).Where(item => !others.TryGetValue(Lower(key), out var there) || !there.Contains(item)).ToList<object?>();
            if (left.Count > 0 || !others.ContainsKey(Lower(key))) result[Lower(key)] = left;
        }
        return result;
    }

    private static string Lower(object? value) => PythonText.Of(value).ToLowerInvariant();

    private static bool IsIterable(object? value) => value is string or JinjaDict or IEnumerable<object?> or IJinjaObject { Items: not null };
}
