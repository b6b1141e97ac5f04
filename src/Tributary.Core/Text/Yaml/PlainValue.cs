using System.Globalization;
using System.Text.RegularExpressions;

namespace Tributary.Core.Text.Yaml;

/// <summary>
/// What an unquoted scalar means under YAML 1.1 as PyYAML implements it (its resolver's patterns): <c>yes</c> is true,
/// <c>010</c> is 8, <c>1:30</c> is 90, but <c>1e3</c> and <c>0o17</c> are text. dbt reads its files this way.
/// </summary>
internal static partial class PlainValue
{
    /// <summary>Longer plain scalars are text; a number of that length would not fit any type.</summary>
    private const int LongestNumber = 100;

    public static bool IsNull(string text) => text is "" or "~" or "null" or "Null" or "NULL";

    /// <summary>True, false, or null when the word is neither.</summary>
    public static bool? Boolean(string text) => text switch
    {
        "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON" => true,
        "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF" => false,
        _ => null,
    };

    /// <summary>null, bool, long, double or the text itself; whole numbers beyond 64 bits stay text.</summary>
    public static object? Resolve(string text)
    {
        if (IsNull(text)) return null;
        if (Boolean(text) is { } truth) return truth;
        if (text.Length > LongestNumber || !(char.IsAsciiDigit(text[0]) || text[0] is '-' or '+' or '.')) return text;
        if (WholeNumber().IsMatch(text)) return Whole(text) is { } whole ? whole : text;
        if (DecimalNumber().IsMatch(text)) return Fraction(text) is { } number ? number : text;
        return text;
    }

    private static long? Whole(string text)
    {
        var digits = text.Replace("_", "", StringComparison.Ordinal);
        var negative = digits[0] == '-';
        if (digits[0] is '-' or '+') digits = digits[1..];
        try
        {
            var value = digits switch
            {
                "0" => 0,
                _ when digits.StartsWith("0b", StringComparison.Ordinal) => Convert.ToInt64(digits[2..], 2),
                _ when digits.StartsWith("0x", StringComparison.Ordinal) => Convert.ToInt64(digits[2..], 16),
                _ when digits.Contains(':') => digits.Split(':').Aggregate(0L, (sum, part) => checked((sum * 60) + long.Parse(part, CultureInfo.InvariantCulture))),
                _ when digits[0] == '0' => Convert.ToInt64(digits, 8),
                _ => long.Parse(digits, CultureInfo.InvariantCulture),
            };
            return value < 0 ? null : negative ? -value : value; // Convert reads 64 binary or hexadecimal bits as negative
        }
        catch (Exception e) when (e is OverflowException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static double? Fraction(string text)
    {
        var digits = text.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
        var sign = digits[0] == '-' ? -1.0 : 1.0;
        if (digits[0] is '-' or '+') digits = digits[1..];
        if (digits == ".inf") return sign * double.PositiveInfinity;
        if (digits == ".nan") return double.NaN;
        var value = 0.0;
        foreach (var part in digits.Split(':'))
        {
            if (!double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return null;
            value = (value * 60) + number;
        }
        return sign * value;
    }

    [GeneratedRegex(@"^[-+]?(0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(:[0-5]?[0-9])+)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex WholeNumber();

    [GeneratedRegex(@"^([-+]?[0-9][0-9_]*\.[0-9_]*([eE][-+][0-9]+)?|\.[0-9][0-9_]*([eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z", RegexOptions.ExplicitCapture)]
    private static partial Regex DecimalNumber();
}
