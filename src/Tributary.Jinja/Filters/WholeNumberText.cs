using System.Globalization;
using System.Numerics;
using Tributary.Jinja.Values;

namespace Tributary.Jinja.Filters;

/// <summary>Reads a whole number from text, as Python's <c>int()</c> does.</summary>
internal static class WholeNumberText
{
    private const int MaxDigits = 4_300;

    /// <summary>The number; null when the text is not one.</summary>
    public static object? TryRead(string text, int radix)
    {
        var digits = text.Trim();
        if (digits.Length > MaxDigits) return null;
        var isNegative = digits.StartsWith('-');
        if (isNegative || digits.StartsWith('+')) digits = digits[1..];
        if (digits.StartsWith('_') || digits.EndsWith('_') || digits.Contains("__", StringComparison.Ordinal)) return null;
        digits = digits.Replace("_", "", StringComparison.Ordinal);
        if (radix == 10)
        {
            return BigInteger.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? Numbers.Whole(isNegative ? -whole : whole) : null;
        }

        return InRadix(WithoutPrefix(digits, radix), radix) is { } number ? Numbers.Whole(isNegative ? -number : number) : null;
    }

    private static string WithoutPrefix(string digits, int radix)
    {
        var prefix = radix switch { 16 => "0x", 8 => "0o", 2 => "0b", _ => "-" };
        return digits.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? digits[2..] : digits;
    }

    private static BigInteger? InRadix(string digits, int radix)
    {
        if (digits.Length == 0 || radix is < 2 or > 36) return null;
        var number = BigInteger.Zero;
        foreach (var c in digits)
        {
            var digit = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiLetter(c) ? (c | 0x20) - 'a' + 10 : 99;
            if (digit >= radix) return null;
            number = (number * radix) + digit;
        }

        return number;
    }
}
