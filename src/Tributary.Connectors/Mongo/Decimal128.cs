using System.Globalization;

namespace Tributary.Connectors.Mongo;

/// <summary>
/// A decimal number of IEEE 754-2008 with 34 digits, in the binary encoding that BSON uses. Nothing is rounded: what has more digits has
/// no form here.
/// </summary>
internal readonly record struct Decimal128(ulong Low, ulong High)
{
    private const int Digits = 34;
    private const int Bias = 6176;
    private const int LargestExponent = 6111;
    private const ulong Infinite = 0x7800000000000000;
    private const ulong NotANumber = 0x7c00000000000000;
    private const ulong Negative = 0x8000000000000000;

    private static readonly UInt128 Most = Power(Digits);

    /// <summary>Takes what PostgreSQL writes for a <c>numeric</c>, and numbers of JSON. Null when it cannot be held exactly, or is no number.</summary>
    public static Decimal128? Parse(string text) => text switch
    {
        "NaN" => new Decimal128(0, NotANumber),
        "Infinity" => new Decimal128(0, Infinite),
        "-Infinity" => new Decimal128(0, Infinite | Negative),
        _ => Finite(text),
    };

    private static Decimal128? Finite(string text)
    {
        var number = text.AsSpan();
        var isNegative = number is ['-', ..];
        if (number is ['-' or '+', ..]) number = number[1..];
        var exponent = 0;
        if (number.IndexOfAny('e', 'E') is >= 0 and var mark)
        {
            if (!int.TryParse(number[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)) return null;
            number = number[..mark];
        }
        var digits = number.ToString();
        if (digits.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point)
        {
            exponent -= digits.Length - point - 1;
            digits = digits.Remove(point, 1);
        }
        if (digits.Length == 0 || digits.AsSpan().ContainsAnyExceptInRange('0', '9')) return null;
        return Pack(isNegative, digits.TrimStart('0'), exponent);
    }

    private static Decimal128? Pack(bool isNegative, string digits, int exponent)
    {
        // Zeros at the end carry the scale; they go only when there is no room for them.
        while (digits.Length > 0 && digits[^1] == '0' && (digits.Length > Digits || exponent < -Bias))
        {
            digits = digits[..^1];
            exponent++;
        }
        if (digits.Length == 0) exponent = Math.Clamp(exponent, -Bias, LargestExponent);
        while (exponent > LargestExponent && digits.Length < Digits)
        {
            digits += '0';
            exponent--;
        }
        if (digits.Length > Digits || exponent is < -Bias or > LargestExponent) return null;
        var value = digits.Length == 0 ? UInt128.Zero : UInt128.Parse(digits, CultureInfo.InvariantCulture);
        var high = (ulong)(value >> 64) | ((ulong)(exponent + Bias) << 49);
        return new Decimal128((ulong)value, isNegative ? high | Negative : high);
    }

    public override string ToString()
    {
        var sign = (High & Negative) != 0 ? "-" : "";
        if ((High & NotANumber) == NotANumber) return "NaN";
        if ((High & NotANumber) == Infinite) return sign + "Infinity";
        var value = ((UInt128)(High & 0x1ffffffffffff) << 64) | Low;
        var exponent = (int)((High >> 49) & 0x3fff) - Bias;
        return value >= Most ? "0" : string.Create(CultureInfo.InvariantCulture, $"{sign}{value}E{exponent}");
    }

    private static UInt128 Power(int exponent)
    {
        var power = UInt128.One;
        for (var i = 0; i < exponent; i++) power *= 10;
        return power;
    }
}
