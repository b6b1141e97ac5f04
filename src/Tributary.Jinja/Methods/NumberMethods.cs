using Tributary.Jinja.Functions;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Methods;

/// <summary>Methods of numbers.</summary>
internal static class NumberMethods
{
    public static IEnumerable<Builtin> All { get; } =
    [
        new("is_integer", "", (number, _) => Boxed.Bool(number is long || (double)number! == Math.Floor((double)number))),
        new("bit_length", "", (number, _) => number is long whole
            ? Boxed.Integer((long)new System.Numerics.BigInteger(Math.Abs((decimal)whole)).GetBitLength())
            : throw new TemplateException("only whole numbers have bit_length()")),
    ];
}
