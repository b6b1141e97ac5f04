using Tributary.Jinja.Functions;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Filters;

/// <summary>Filters on dicts.</summary>
internal static class DictFilters
{
    public static IEnumerable<Builtin> All { get; } =
    [
        new("items", "", Items),
        new("dictsort", "case_sensitive=False, by='key', reverse=False", Sort),
    ];

    private static List<object?> Items(object? value, BoundArguments arguments) => value switch
    {
        Undefined => [],
        JinjaDict dict => Sequences.ToList(new DictView(dict, DictView.OfItems), arguments.Context),
        _ => throw new TemplateException($"items needs a dict, not '{TypeNames.Of(value)}'"),
    };

    private static List<object?> Sort(object? value, BoundArguments arguments)
    {
        if (value is not JinjaDict dict) throw (value as Undefined)?.Error() ?? new TemplateException($"dictsort needs a dict, not '{TypeNames.Of(value)}'");
        var by = arguments.Text(1);
        if (by is not ("key" or "value")) throw new TemplateException("dictsort: 'by' is 'key' or 'value'");
        object? KeyOf(object? pair)
        {
            var part = ((JinjaTuple)pair!)[by == "key" ? 0 : 1]; // the view gives tuples
            return part is string text && !arguments.IsTrue(0) ? text.ToLowerInvariant() : part;
        }

        return [.. Ordering.Sort([.. new DictView(dict, DictView.OfItems)], KeyOf, arguments.IsTrue(2), arguments.Context)];
    }
}
