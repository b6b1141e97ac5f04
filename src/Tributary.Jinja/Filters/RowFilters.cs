using Tributary.Jinja.Functions;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Filters;

/// <summary>Filters that look at rows of values as a whole.</summary>
internal static class RowFilters
{
    public static IEnumerable<Builtin> All { get; } =
    [
        new("list", "", (v, a) => Sequences.ToList(v, a.Context)),
        new("length", "", (v, _) => Length(v)),
        new("count", "", (v, _) => Length(v)),
        new("first", "", (v, a) => Sequences.Of(v, a.Context) is { Count: > 0 } items ? items[0] : Nothing("first", a.Context)),
        new("last", "", (v, a) => Sequences.Of(v, a.Context) is { Count: > 0 } items ? items[^1] : Nothing("last", a.Context)),
        new("random", "", (v, a) => Sequences.Of(v, a.Context) is { Count: > 0 } items ? items[a.Context.Chance.Next(items.Count)] : Nothing("random", a.Context)),
        new("join", "d='', attribute=None", Join),
        new("reverse", "", Reverse),
        new("batch", "linecount, fill_with=None", Batch),
        new("slice", "slices, fill_with=None", Slice),
    ];

    private static object Length(object? value) => Sequences.TryCount(value) is { } count
        ? Boxed.Integer(count)
        : throw new TemplateException($"a value of type '{TypeNames.Of(value)}' has no length");

    private static Undefined Nothing(string which, TemplateContext context) => new(context, $"there is no {which} item, the sequence is empty");

    private static string Join(object? value, BoundArguments arguments)
    {
        var context = arguments.Context;
        var separator = ValueText.Of(arguments[0], context);
        var output = new TextBuilder(context);
        var isFirst = true;
        foreach (var item in Sequences.Of(value, context))
        {
            if (!isFirst) output.Write(separator);
            isFirst = false;
            output.Write(ValueText.Of(ItemPath.Of(item, arguments[1], context), context));
        }

        return output.ToString();
    }

    private static object Reverse(object? value, BoundArguments arguments)
    {
        var items = Sequences.ToList(value, arguments.Context);
        items.Reverse();
        return value is string ? string.Concat(items) : items;
    }

    private static List<object?> Batch(object? value, BoundArguments arguments)
    {
        var size = arguments.Integer(0);
        if (size <= 0) throw new TemplateException("batch: the size must be above 0");
        var batches = new List<object?>();
        foreach (var chunk in Sequences.Of(value, arguments.Context).Chunk(size))
        {
            var batch = new List<object?>(chunk);
            if (arguments[1] is not null) Fill(batch, size - batch.Count, arguments);
            batches.Add(batch);
        }

        return batches;
    }

    private static List<object?> Slice(object? value, BoundArguments arguments)
    {
        var count = arguments.Integer(0);
        if (count <= 0) throw new TemplateException("slice: the number of slices must be above 0");
        arguments.Context.Step(count);
        var items = Sequences.Of(value, arguments.Context);
        var (size, longer) = (items.Count / count, items.Count % count);
        var slices = new List<object?>();
        var at = 0;
        for (var i = 0; i < count; i++)
        {
            var slice = new List<object?>(items.Skip(at).Take(size + (i < longer ? 1 : 0)));
            at += slice.Count;
            if (arguments[1] is not null && i >= longer) slice.Add(arguments[1]);
            slices.Add(slice);
        }

        return slices;
    }

    private static void Fill(List<object?> row, int missing, BoundArguments arguments)
    {
        arguments.Context.Step(Math.Max(0, missing));
        for (var i = 0; i < missing; i++) row.Add(arguments[1]);
    }
}
