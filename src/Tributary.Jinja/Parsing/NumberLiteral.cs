using System.Globalization;
using System.Numerics;
using Tributary.Jinja.Syntax;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Parsing;

/// <summary>The value of a number literal; underscores between digits are only for the eye.</summary>
internal static class NumberLiteral
{
    private const int MaxDigits = 4_300;

    public static object ReadWhole(string literal, Location at)
    {
        if (literal.Length > MaxDigits) throw at.Error("the number is too large", "Whole numbers may have about 4,300 digits.");
        var digits = literal.Replace("_", "", StringComparison.Ordinal);
        if (long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var small))
        {
            if (digits[0] == '0' && small != 0) throw at.Error($"'{literal}' starts with 0", "Leave the zeros out, or write 0o for octal.");
            return Boxed.Integer(small);
        }

        return (digits.Length > 1 ? digits[1] | 0x20 : ' ') switch
        {
            'x' => InRadix(digits, 16, at),
            'o' => InRadix(digits, 8, at),
            'b' => InRadix(digits, 2, at),
            _ => BigInteger.Parse(digits, CultureInfo.InvariantCulture),
        };
    }

    public static double ReadFloat(string literal) =>
        double.Parse(literal.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static object InRadix(string digits, int radix, Location at)
    {
        var number = BigInteger.Zero;
        foreach (var c in digits.AsSpan(2))
        {
            var digit = char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
            if (digit >= radix) throw at.Error($"'{digits}' is not a number");
            number = (number * radix) + digit;
        }

        return digits.Length > 2 ? Numbers.Whole(number) : throw at.Error($"'{digits}' is not a number");
    }
}
