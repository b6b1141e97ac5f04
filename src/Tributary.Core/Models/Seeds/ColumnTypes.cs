using System.Globalization;

namespace Tributary.Core.Models.Seeds;

/// <summary>What each type accepts.</summary>
internal static class ColumnTypes
{
    public static bool IsNull(string value)
    {
        var text = value.AsSpan().Trim();
        return text.IsEmpty || text.Equals("null", StringComparison.OrdinalIgnoreCase);
    }

    public static bool Accepts(this ColumnType type, string value) => type switch
    {
        ColumnType.Number => Number(value) is not null,
        ColumnType.Date => Day(value) is not null,
        ColumnType.DateTime => Moment(value) is not null,
        ColumnType.IsoDateTime => IsoMoment(value) is not null,
        ColumnType.Boolean => Truth(value) is not null,
        _ => true,
    };

    /// <summary>The value in PostgreSQL's words for the type.</summary>
    public static string Write(this ColumnType type, string value) => type switch
    {
        ColumnType.Number => Number(value)!,
        ColumnType.Date => IsPlainDay(value) ? value : Day(value)!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ColumnType.DateTime => Moment(value)!.Value.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        ColumnType.IsoDateTime => IsoMoment(value)!.Value.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        ColumnType.Boolean => Truth(value)!.Value ? "t" : "f",
        _ => value,
    };

    /// <summary>
    /// Digits with an optional sign, point and exponent, after what agate takes off: blanks, a percent sign, currency signs and
    /// commas between thousands.
    /// </summary>
    public static string? Number(string value)
    {
        if (IsPlainNumber(value)) return value;
        var text = value.Trim().Trim('%').Trim('$', '€', '£', '¥', '₹', '₩', '₽', '₺', '¢', '₴', '₪', '₫').Replace(",", "", StringComparison.Ordinal);
        if (text.Length == 0 || !(char.IsAsciiDigit(text[^1]) || text[^1] == '.')) return null;
        const NumberStyles styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(text, styles, CultureInfo.InvariantCulture, out _) ? text : null;
    }

    /// <summary>Digits behind the point that matter: 1.50 has one, 2.0 none.</summary>
    public static int Decimals(string number)
    {
        if (!number.AsSpan().ContainsAny('.', 'e', 'E')) return 0;
        if (decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact))
        {
            var text = exact.ToString(CultureInfo.InvariantCulture);
            var point = text.IndexOf('.');
            return point < 0 ? 0 : text.TrimEnd('0').Length - point - 1;
        }
        return number.Contains('.') || number.Contains("e-", StringComparison.OrdinalIgnoreCase) ? 1 : 0;
    }

    /// <summary>Spares the rest for what nearly every number in a file is: digits, with a sign and a point at most.</summary>
    private static bool IsPlainNumber(string value)
    {
        var digits = value.AsSpan();
        if (digits is ['-' or '+', ..]) digits = digits[1..];
        var point = digits.IndexOf('.');
        if (point >= 0 && point < digits.Length - 1) return point > 0 && !digits[..point].ContainsAnyExceptInRange('0', '9') && !digits[(point + 1)..].ContainsAnyExceptInRange('0', '9');
        return digits.Length > 0 && !digits.ContainsAnyExceptInRange('0', '9');
    }

    /// <summary>Spares the rest for what nearly every day in a file is; the last three days of a month are left to the calendar.</summary>
    private static bool IsPlainDay(string value) =>
        value.Length == 10 && value[4] == '-' && value[7] == '-'
        && !value.AsSpan(0, 4).ContainsAnyExceptInRange('0', '9') && !value.AsSpan(5, 2).ContainsAnyExceptInRange('0', '9') && !value.AsSpan(8, 2).ContainsAnyExceptInRange('0', '9')
        && Digits(value, 0, 4) > 0 && Digits(value, 5, 2) is >= 1 and <= 12 && Digits(value, 8, 2) is >= 1 and <= 28;

    private static int Digits(string value, int start, int length)
    {
        var number = 0;
        for (var i = start; i < start + length; i++) number = number * 10 + (value[i] - '0');
        return number;
    }

    private static DateOnly? Day(string value) =>
        IsPlainDay(value) ? new DateOnly(Digits(value, 0, 4), Digits(value, 5, 2), Digits(value, 8, 2)) : DateOnly.TryParseExact(value.Trim(), "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static System.DateTime? Moment(string value) =>
        System.DateTime.TryParseExact(value.Trim(), "yyyy-M-d H:m:s", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at : null;

    /// <summary>An ISO 8601 instant with its T; the zone is dropped, because the column has none.</summary>
    private static System.DateTime? IsoMoment(string value)
    {
        var text = value.Trim();
        if (!text.Contains('T') || text.Length < 13) return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at.DateTime : null;
    }

    private static bool? Truth(string value) => value.AsSpan().Trim() switch
    {
        var text when text.Equals("true", StringComparison.OrdinalIgnoreCase) => true,
        var text when text.Equals("false", StringComparison.OrdinalIgnoreCase) => false,
        _ => null,
    };
}
