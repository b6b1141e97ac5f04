using System.Globalization;

namespace Tributary.Jinja.Values;

/// <summary>The text of a float as Python's repr writes it: the shortest digits that give the same number again.</summary>
internal static class FloatText
{
    public static string Of(double value)
    {
        if (double.IsNaN(value)) return "nan";
        if (double.IsInfinity(value)) return value > 0 ? "inf" : "-inf";
        var text = value.ToString("E16", CultureInfo.InvariantCulture);
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var exponent = int.Parse(text.AsSpan(text.IndexOf('E') + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (value != 0 && exponent is < -4 or >= 16) return Scientific(shortest);
        var fixedText = shortest.Contains('E') ? Expand(shortest) : shortest;
        return fixedText.Contains('.') ? fixedText : fixedText + ".0";
    }

    private static string Scientific(string shortest)
    {
        var (negative, digits, exponent) = Split(shortest);
        var mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
        var sign = exponent < 0 ? '-' : '+';
        return $"{negative}{mantissa}e{sign}{Math.Abs(exponent):00}";
    }

    private static string Expand(string shortest)
    {
        var (negative, digits, exponent) = Split(shortest);
        if (exponent < 0) return $"{negative}0.{new string('0', -exponent - 1)}{digits}";
        return digits.Length <= exponent + 1
            ? negative + digits.PadRight(exponent + 1, '0')
            : $"{negative}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    /// <summary>Sign, significant digits and the power of ten of the first digit.</summary>
    private static (string Negative, string Digits, int Exponent) Split(string shortest)
    {
        var negative = shortest[0] == '-' ? "-" : "";
        var body = shortest[negative.Length..];
        var mark = body.IndexOf('E');
        var exponent = mark < 0 ? 0 : int.Parse(body.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = mark < 0 ? body : body[..mark];
        var point = mantissa.IndexOf('.');
        var whole = point < 0 ? mantissa : mantissa[..point];
        var all = mantissa.Replace(".", "", StringComparison.Ordinal);
        var leading = all.Length - all.TrimStart('0').Length;
        return (negative, all.Trim('0') is { Length: > 0 } digits ? digits : "0", exponent + whole.Length - 1 - leading);
    }
}
