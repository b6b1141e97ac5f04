using Tributary.Jinja.Methods;

namespace Tributary.Jinja.Values;

/// <summary>Attributes and items of values, with Jinja's rule: <c>a.b</c> asks for the attribute first, <c>a['b']</c> for the item first.</summary>
internal static class Members
{
    public static object? Attribute(object? target, string name, TemplateContext context)
    {
        if (TryAttribute(target, name, out var value)) return value;
        if (TryItem(target, name, out value)) return value;
        return Missing(target, name, context);
    }

    public static object? Item(object? target, object? key, TemplateContext context)
    {
        if (TryItem(target, key, out var value)) return value;
        if (key is string name && TryAttribute(target, name, out value)) return value;
        if (target is Undefined undefined) return undefined.IsChained ? undefined : throw undefined.Error();
        return new Undefined(context, $"{Subject(target)} has no element {Describe(key)}");
    }

    /// <summary>A key for a message: a position as it is, anything else by its type, because it may be data.</summary>
    private static string Describe(object? key) => key switch
    {
        long index => index.ToString(System.Globalization.CultureInfo.InvariantCulture),
        string text => $"for this string of {text.Length} characters",
        _ => $"for a key of type '{TypeNames.Of(key)}'",
    };

    public static bool TryItem(object? target, object? key, out object? value)
    {
        value = null;
        switch (target)
        {
            case JinjaDict dict:
                return key is not (List<object?> or JinjaDict or JinjaSet) && dict.TryGet(key, out value);
            case string or IReadOnlyList<object?>:
                return Numbers.TryToLong(key, out var index) && Slicing.TryIndex(target, index, out value);
            case IJinjaObject host when host.TryGetItem(key, out var given):
                value = HostValue.From(given);
                return true;
            default:
                return false;
        }
    }

    private static bool TryAttribute(object? target, string name, out object? value)
    {
        value = null;
        if (target is IJinjaObject host)
        {
            if (!host.TryGetAttribute(name, out var given)) return false;
            value = HostValue.From(given);
            return true;
        }

        if (target is JinjaTuple tuple && Array.IndexOf(tuple.Names, name) is var index && index >= 0)
        {
            value = tuple[index];
            return true;
        }

        if (target is string text && NamedText.TryGet(text, name, out value)) return true;
        if (MethodTable.Find(target, name) is not { } method) return false;
        value = new BoundMethod(target!, method);
        return true;
    }

    private static Undefined Missing(object? target, string name, TemplateContext context)
    {
        if (target is Undefined undefined) return undefined.IsChained ? undefined : throw undefined.Error();
        return new Undefined(context, $"{Subject(target)} has no attribute '{Brief.Name(name)}'", () => NearestName.Hint(name, KeysOf(target)));
    }

    private static string Subject(object? target) => target is null ? "None" : $"a value of type '{TypeNames.Of(target)}'";

    private static IEnumerable<string> KeysOf(object? target) =>
        target is JinjaDict dict ? dict.Keys.OfType<string>() : MethodTable.NamesFor(target);
}
