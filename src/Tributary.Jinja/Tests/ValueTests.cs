using Tributary.Jinja.Functions;
using Tributary.Jinja.Syntax;
using Tributary.Jinja.Values;
using Tributary.Jinja.Values.Operations;

namespace Tributary.Jinja.Tests;

/// <summary>Tests of how a value looks.</summary>
internal static class ValueTests
{
    public static IEnumerable<Builtin> All { get; } =
    [
        new("odd", "", (v, a) => Boxed.Bool(Remainder(v, 2L, a.Context) == 1)),
        new("even", "", (v, a) => Boxed.Bool(Remainder(v, 2L, a.Context) == 0)),
        new("divisibleby", "num", (v, a) => Boxed.Bool(Remainder(v, a[0], a.Context) == 0)),
        new("lower", "", (v, a) => Boxed.Bool(IsCase(v, a.Context, char.IsLower, char.IsUpper))),
        new("upper", "", (v, a) => Boxed.Bool(IsCase(v, a.Context, char.IsUpper, char.IsLower))),
        new("sameas", "other", (v, a) => Boxed.Bool(IsSame(v, a[0]))),
    ];

    private static double Remainder(object? value, object? by, TemplateContext context)
    {
        if (value is null || !Numbers.IsNumber(value)) throw (value as Undefined)?.Error() ?? new TemplateException($"a number is expected, not '{TypeNames.Of(value)}'");
        return Numbers.ToDouble(Arithmetic.Apply(BinaryOperator.Modulo, value, by, context)!); // a number modulo anything is a number or an error
    }

    private static bool IsCase(object? value, TemplateContext context, Func<char, bool> wanted, Func<char, bool> unwanted)
    {
        var text = ValueText.Of(value, context);
        return text.Any(wanted) && !text.Any(unwanted);
    }

    private static bool IsSame(object? left, object? right) =>
        ReferenceEquals(left, right)
        || (left is string or long or bool && right is not null && left.GetType() == right.GetType() && left.Equals(right));
}
