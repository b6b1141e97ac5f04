using Tributary.Jinja.Functions;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Filters;

/// <summary>Filters that take any value: defaults, attributes, printing, and dbt's marks of type.</summary>
internal static class ValueFilters
{
    public static IEnumerable<Builtin> All { get; } =
    [
        new("default", "default_value='', boolean=False", Default),
        new("d", "default_value='', boolean=False", Default),
        new("attr", "name", Attribute),
        new("pprint", "", (v, a) => ValueText.Repr(v, a.Context)),
        new("as_text", "", (v, _) => v),
        new("as_bool", "", (v, _) => v),
        new("as_number", "", (v, _) => v),
        new("as_native", "", (v, _) => v),
        new("is_list", "", (v, _) => Boxed.Bool(v is List<object?>)),
    ];

    private static object? Default(object? value, BoundArguments arguments) =>
        value is Undefined || (arguments.IsTrue(1) && !Truth.Of(value)) ? arguments[0] : value;

    private static object? Attribute(object? value, BoundArguments arguments)
    {
        var name = ValueText.Of(arguments[0], arguments.Context);
        return value is JinjaDict
            ? new Undefined(arguments.Context, $"'dict object' has no attribute '{name}'", () => "Use dict[key] or dict.key for the keys of a dict.")
            : Members.Attribute(value, name, arguments.Context);
    }
}
