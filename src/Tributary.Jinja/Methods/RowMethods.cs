using Tributary.Jinja.Functions;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Methods;

/// <summary>Methods that lists and tuples share.</summary>
internal static class RowMethods
{
    public static IEnumerable<Builtin> All { get; } =
    [
        new("count", "value", (row, a) => Count(row, a[0], a.Context)),
        new("index", "value, start=0, stop=None", (row, a) => Index(row, a)),
    ];

    private static object Count(object? row, object? wanted, TemplateContext context) =>
        Boxed.Integer(Sequences.Of(row, context).Count(item => ValueEquality.AreEqual(item, wanted)));

    private static object Index(object? row, BoundArguments arguments)
    {
        var items = Sequences.Of(row, arguments.Context);
        var (start, stop) = new SliceBounds(arguments.Integer(1), arguments.IntegerOrNone(2), null).Resolve(items.Count);
        for (var i = start; i < stop; i++)
        {
            if (ValueEquality.AreEqual(items[i], arguments[0])) return Boxed.Integer(i);
        }

        throw new TemplateException($"index(): the value is not in the {TypeNames.Of(row)}");
    }
}
