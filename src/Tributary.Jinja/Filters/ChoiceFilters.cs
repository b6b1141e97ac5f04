using Tributary.Jinja.Functions;
using Tributary.Jinja.Tests;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Filters;

/// <summary>Filters that apply another filter, or a test, to each element: map, select, reject and their kin.</summary>
internal static class ChoiceFilters
{
    public static IEnumerable<Builtin> All { get; } =
    [
        new("map", "*args, **kwargs", Map),
        new("select", "*args, **kwargs", (v, a) => Choose(v, a, true, false)),
        new("reject", "*args, **kwargs", (v, a) => Choose(v, a, false, false)),
        new("selectattr", "*args, **kwargs", (v, a) => Choose(v, a, true, true)),
        new("rejectattr", "*args, **kwargs", (v, a) => Choose(v, a, false, true)),
    ];

    private static List<object?> Map(object? value, BoundArguments arguments)
    {
        var context = arguments.Context;
        var apply = arguments.Rest.Count == 0 ? AttributeOf(arguments) : FilterOf(arguments);
        var results = new List<object?>();
        if (!Truth.Of(value)) return results;
        foreach (var item in Sequences.Of(value, context)) results.Add(apply(item));
        return results;
    }

    private static Func<object?, object?> AttributeOf(BoundArguments arguments)
    {
        var named = arguments.NamedRest.ToDictionary(p => p.Key, p => p.Value);
        if (!named.Remove("attribute", out var path)) throw new TemplateException("map needs the name of a filter, or attribute=…");
        var hasDefault = named.Remove("default", out var fallback);
        if (named.Count > 0) throw new TemplateException($"map has no parameter '{named.Keys.First()}'");
        var context = arguments.Context;
        return item => ItemPath.Of(item, path, context) is var found && found is Undefined && hasDefault ? fallback : found;
    }

    private static Func<object?, object?> FilterOf(BoundArguments arguments)
    {
        var name = arguments.Rest[0] as string ?? throw new TemplateException("map needs the name of a filter as a string");
        var filter = FilterTable.Find(name) ?? throw new TemplateException($"there is no filter '{name}'", NearestName.Hint(name, FilterTable.Names));
        var call = new CallArguments(arguments.Context, [.. arguments.Rest.Skip(1)], [.. arguments.NamedRest]);
        return item => filter.Invoke(item, call);
    }

    private static List<object?> Choose(object? value, BoundArguments arguments, bool keepsMatching, bool byAttribute)
    {
        var context = arguments.Context;
        if (byAttribute && arguments.Rest.Count == 0) throw new TemplateException("the name of an attribute is missing");
        var path = byAttribute ? arguments.Rest[0] : null;
        var holds = TestOf([.. arguments.Rest.Skip(byAttribute ? 1 : 0)], arguments);
        var kept = new List<object?>();
        if (!Truth.Of(value)) return kept;
        foreach (var item in Sequences.Of(value, context))
        {
            if (holds(ItemPath.Of(item, path, context)) == keepsMatching) kept.Add(item);
        }

        return kept;
    }

    private static Func<object?, bool> TestOf(object?[] rest, BoundArguments arguments)
    {
        if (rest.Length == 0) return Truth.Of;
        var name = rest[0] as string ?? throw new TemplateException("the name of a test must be a string");
        var test = TestTable.Find(name) ?? throw new TemplateException($"there is no test '{name}'", NearestName.Hint(name, TestTable.Names));
        var call = new CallArguments(arguments.Context, rest[1..], [.. arguments.NamedRest]);
        return item => Truth.Of(test.Invoke(item, call));
    }
}
