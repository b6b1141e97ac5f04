using Tributary.Jinja.Values;

namespace Tributary.Jinja.Filters;

/// <summary>The <c>attribute</c> of filters such as map and sort: a name, a number, or several joined by dots.</summary>
internal static class ItemPath
{
    /// <summary>What the path leads to in an item; the item itself when there is no path.</summary>
    public static object? Of(object? item, object? path, TemplateContext context)
    {
        if (path is null) return item;
        if (path is not string text) return Members.Item(item, path, context);
        if (!text.Contains('.')) return Step(item, text, context);
        foreach (var part in text.Split('.')) item = Step(item, part, context);
        return item;
    }

    private static object? Step(object? item, string part, TemplateContext context) =>
        Members.Item(item, long.TryParse(part, out var index) ? index : part, context);
}
