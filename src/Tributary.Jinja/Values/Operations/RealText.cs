using System.Globalization;

namespace Tributary.Jinja.Values.Operations;

/// <summary>Floats with a given number of digits: fixed, scientific, or whichever is shorter.</summary>
internal static class RealText
{
    public static string Fixed(double value, int precision) =>
        double.IsFinite(value) ? value.ToString("F" + precision.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : FloatText.Of(value);

    public static string Scientific(double value, int precision)
    {
        if (!double.IsFinite(value)) return FloatText.Of(value);
        var text = value.ToString("e" + precision.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var mark = text.IndexOf('e');
        var exponent = int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return $"{text[..mark]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
    }

    public static string General(double value, int precision, bool keepsZeros)
    {
        if (!double.IsFinite(value)) return FloatText.Of(value);
        precision = Math.Max(1, precision);
        var scientific = Scientific(value, precision - 1);
        var mark = scientific.IndexOf('e');
        var exponent = int.Parse(scientific.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (exponent < -4 || exponent >= precision) return Trim(scientific[..mark], keepsZeros) + scientific[mark..];
        return Trim(Fixed(value, precision - 1 - exponent), keepsZeros);
    }

    private static string Trim(string digits, bool keepsZeros) =>
        keepsZeros || !digits.Contains('.') ? digits : digits.TrimEnd('0').TrimEnd('.');
}
