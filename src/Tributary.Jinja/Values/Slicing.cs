namespace Tributary.Jinja.Values;

/// <summary>Indexes and slices of text and rows, with Python's negative positions and steps.</summary>
internal static class Slicing
{
    public static bool TryIndex(object row, long index, out object? value)
    {
        value = null;
        var count = row is string s ? CodePoints.Count(s) : ((IReadOnlyList<object?>)row).Count;
        if (index < 0) index += count;
        if (index < 0 || index >= count) return false;
        value = row switch
        {
            string text when CodePoints.AreChars(text) => text[(int)index].ToString(),
            string text => CodePoints.Split(text)[(int)index],
            _ => ((IReadOnlyList<object?>)row)[(int)index],
        };
        return true;
    }

    /// <summary>False for numbers, none and the like: there is nothing to cut.</summary>
    public static bool HasParts(object? target) => target is Undefined or NumberRange or string or IReadOnlyList<object?> or IJinjaObject { Items: not null };

    public static object Slice(object? target, SliceBounds bounds, TemplateContext context)
    {
        if (target is Undefined undefined) return undefined.IsChained ? undefined : throw undefined.Error();
        if (target is NumberRange range) return range.Slice(bounds);
        if (target is string text)
        {
            if (bounds.Step is null or 1 && CodePoints.AreChars(text)) return Cut(text, bounds, context);
            var parts = Take(CodePoints.Split(text), bounds, context);
            context.Charge(parts.Length);
            return string.Concat(parts);
        }

        if (target is IJinjaObject { Items: { } elements }) return new JinjaTuple(Take([.. elements], bounds, context));
        if (target is not IReadOnlyList<object?> row) throw new TemplateException($"a value of type '{TypeNames.Of(target)}' cannot be sliced");
        var items = Take(row, bounds, context);
        return target is JinjaTuple ? new JinjaTuple(items) : new List<object?>(items);
    }

    private static string Cut(string text, SliceBounds bounds, TemplateContext context)
    {
        var (start, stop) = bounds.Resolve(text.Length);
        if (stop <= start) return "";
        context.Charge(stop - start);
        return text[start..stop];
    }

    private static object?[] Take(IReadOnlyList<object?> row, SliceBounds bounds, TemplateContext context)
    {
        var step = bounds.Step ?? 1;
        var (start, stop) = bounds.Resolve(row.Count);
        var items = new List<object?>();
        for (long i = start; step > 0 ? i < stop : i > stop; i += step)
        {
            context.Step(1);
            items.Add(row[(int)i]);
        }

        return [.. items];
    }
}
