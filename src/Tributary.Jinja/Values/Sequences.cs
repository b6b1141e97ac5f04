namespace Tributary.Jinja.Values;

/// <summary>Looking through values: what can be looped over, counted, searched and cut.</summary>
internal static class Sequences
{
    /// <summary>The elements of a value. A list is given as it is, live; each element counts against the limit on iterations.</summary>
    public static IReadOnlyList<object?> Of(object? value, TemplateContext context)
    {
        var items = TryOf(value, context) ?? throw NotIterable(value);
        context.Step(items.Count);
        return items;
    }

    /// <summary>The elements of a value, or null when it has none to loop over.</summary>
    public static IReadOnlyList<object?>? TryOf(object? value, TemplateContext context) => value switch
    {
        List<object?> list => list,
        JinjaTuple tuple => tuple.Items,
        NumberRange range => range,
        string text => CodePoints.Split(text),
        JinjaDict dict => [.. dict.Keys],
        IReadOnlyCollection<object?> items => [.. items],
        Undefined undefined => undefined.IsStrict ? throw undefined.Error() : [],
        IJinjaObject { Items: { } items } => Collect(items, context),
        _ => null,
    };

    /// <summary>A new list with the elements of a value.</summary>
    public static List<object?> ToList(object? value, TemplateContext context) => [.. Of(value, context)];

    public static bool IsIterable(object? value) =>
        value is string or List<object?> or JinjaTuple or JinjaDict or IReadOnlyCollection<object?> or Undefined || value is IJinjaObject { Items: not null };

    public static int? TryCount(object? value) => value switch
    {
        string text => CodePoints.Count(text),
        JinjaDict dict => dict.Count,
        IReadOnlyCollection<object?> items => items.Count,
        Undefined undefined => undefined.IsStrict ? throw undefined.Error() : 0,
        IJinjaObject host => host.Length ?? host.Items?.Count(),
        _ => null,
    };

    public static bool Contains(object? container, object? item, TemplateContext context)
    {
        switch (container)
        {
            case string text:
                return item is string part ? text.Contains(part, StringComparison.Ordinal) : throw NotInText(item);
            case JinjaDict dict:
                return dict.Contains(item);
            case JinjaSet set:
                return set.Contains(item);
        }

        foreach (var candidate in Of(container, context))
        {
            if (ValueEquality.AreEqual(candidate, item)) return true;
        }

        return false;
    }

    public static TemplateException NotIterable(object? value) =>
        new($"a value of type '{TypeNames.Of(value)}' cannot be looped over", value is null ? "The value is None." : null);

    private static TemplateException NotInText(object? item) => item is Undefined undefined
        ? undefined.Error()
        : new TemplateException($"'in' a string needs a string on its left, not '{TypeNames.Of(item)}'");

    private static List<object?> Collect(IEnumerable<object?> items, TemplateContext context)
    {
        var list = new List<object?>();
        foreach (var item in items)
        {
            context.Step(1);
            list.Add(HostValue.From(item));
        }

        return list;
    }
}
