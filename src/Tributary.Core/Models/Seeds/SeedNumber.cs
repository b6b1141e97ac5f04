using System.Globalization;
using System.Text.RegularExpressions;

namespace Tributary.Core.Models.Seeds;

/// <summary>
/// Numbers as agate reads them: without blanks, percent signs, currency signs and commas between thousands; then what Python's
/// Decimal takes, underscores and words such as <c>nan</c> among it.
/// </summary>
internal static partial class SeedNumber
{
    private const string Currencies = "؋$ƒ៛¥₡₱£€¢﷼₪₩₭₮₦฿₤₫";

    public static bool IsNumber(ReadOnlySpan<char> value) => IsPlain(value) || Decimal().IsMatch(Stripped(value));

    /// <summary>Digits behind the point that matter: 1.50 has one, 2.0 none.</summary>
    public static int Decimals(ReadOnlySpan<char> value)
    {
        if (!value.ContainsAny('.', 'e', 'E')) return 0;
        var text = Plain(value);
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact))
        {
            var digits = exact.ToString(CultureInfo.InvariantCulture);
            var point = digits.IndexOf('.');
            return point < 0 ? 0 : digits.TrimEnd('0').Length - point - 1;
        }
        return text.Contains('.') || text.Contains("e-", StringComparison.OrdinalIgnoreCase) ? 1 : 0;
    }

    /// <summary>The number as PostgreSQL reads it.</summary>
    public static string Plain(ReadOnlySpan<char> value) => IsPlain(value) ? value.ToString() : Stripped(value).TrimStart('+');

    /// <summary>The same for a column of whole numbers: 4.0 is 4, 1e2 is 100.</summary>
    public static string Whole(ReadOnlySpan<char> value)
    {
        var text = Stripped(value);
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) ? exact.ToString("0", CultureInfo.InvariantCulture) : text;
    }

    public static bool IsBeyondInteger(ReadOnlySpan<char> value) =>
        value.Length > 9 && decimal.TryParse(Plain(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) && exact is > int.MaxValue or < int.MinValue;

    /// <summary>Spares the rest for what nearly every number in a file is: digits, with a sign and a point at most.</summary>
    public static bool IsPlain(ReadOnlySpan<char> digits, bool isWhole = false)
    {
        if (digits is ['-' or '+', ..]) digits = digits[1..];
        var point = digits.IndexOf('.');
        if (point < 0) return digits.Length > 0 && !digits.ContainsAnyExceptInRange('0', '9');
        return !isWhole && point > 0 && point < digits.Length - 1 && !digits[..point].ContainsAnyExceptInRange('0', '9') && !digits[(point + 1)..].ContainsAnyExceptInRange('0', '9');
    }

    private static string Stripped(ReadOnlySpan<char> value)
    {
        var text = value.Trim().Trim('%');
        var isNegative = text is ['-', ..];
        if (isNegative) text = text[1..];
        var digits = text.Trim(Currencies).ToString().Replace(",", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).Trim();
        return isNegative ? digits is ['-', .. var rest] ? rest : "-" + digits.TrimStart('+') : digits;
    }

    [GeneratedRegex(@"^[+-]?((\d+\.?\d*|\.\d+)(e[+-]?\d+)?|inf(inity)?|s?nan\d*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Decimal();
}
