using System.Globalization;

namespace Tributary.Core.Models.Seeds;

/// <summary>What each type accepts, as agate reads it for dbt; blanks around a value count for text only.</summary>
internal static class ColumnTypes
{
    public static bool IsNull(ReadOnlySpan<char> value)
    {
        var text = value.Trim();
        return text.IsEmpty || text.Equals("null", StringComparison.OrdinalIgnoreCase);
    }

    public static bool Accepts(this ColumnType type, ReadOnlySpan<char> value) => type switch
    {
        ColumnType.Number => SeedNumber.IsNumber(value),
        ColumnType.Date => SeedTime.TryDay(value.Trim(), out _),
        ColumnType.DateTime => SeedTime.TryMoment(value.Trim(), out _),
        ColumnType.IsoDateTime => SeedTime.TryIso(value.Trim(), out _, out _),
        ColumnType.Boolean => IsTrue(value) || IsFalse(value),
        _ => true,
    };

    /// <summary>The value in PostgreSQL's words for a column of the type; instants with a zone are told in <paramref name="zone"/>.</summary>
    public static string Write(this ColumnType type, ReadOnlySpan<char> value, TimeZoneInfo zone)
    {
        switch (type)
        {
            case ColumnType.Number:
                return SeedNumber.Plain(value);
            case ColumnType.Date:
                SeedTime.TryDay(value.Trim(), out var day);
                return day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            case ColumnType.DateTime:
                SeedTime.TryMoment(value.Trim(), out var moment);
                return moment.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            case ColumnType.IsoDateTime:
                SeedTime.TryIso(value.Trim(), out var iso, out var offset);
                if (offset is { } away) iso = TimeZoneInfo.ConvertTime(new DateTimeOffset(iso, away), zone).DateTime;
                return iso.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
            case ColumnType.Boolean:
                return IsTrue(value) ? "t" : "f";
            default:
                return value.ToString();
        }
    }

    private static bool IsTrue(ReadOnlySpan<char> value) => value.Trim().Equals("true", StringComparison.OrdinalIgnoreCase);

    private static bool IsFalse(ReadOnlySpan<char> value) => value.Trim().Equals("false", StringComparison.OrdinalIgnoreCase);
}
