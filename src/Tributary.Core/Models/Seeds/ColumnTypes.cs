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

    /// <summary>An instant in PostgreSQL's words; one with a zone is told in <paramref name="zone"/>, because the column has none.</summary>
    public static string Instant(ReadOnlySpan<char> value, TimeZoneInfo zone)
    {
        SeedTime.TryIso(value.Trim(), out var at, out var offset);
        if (offset is { } away) at = TimeZoneInfo.ConvertTime(new DateTimeOffset(at, away), zone).DateTime;
        return at.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
    }

    private static bool IsTrue(ReadOnlySpan<char> value) => value.Trim().Equals("true", StringComparison.OrdinalIgnoreCase);

    private static bool IsFalse(ReadOnlySpan<char> value) => value.Trim().Equals("false", StringComparison.OrdinalIgnoreCase);
}
