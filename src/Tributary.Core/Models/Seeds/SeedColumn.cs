using Tributary.Core.Models.Context;

namespace Tributary.Core.Models.Seeds;

/// <summary>
/// A column of a seed: its name, what its values are, and the PostgreSQL type (its own, or as <c>column_types</c> says).
/// <paramref name="guessed"/> is the type of its values where nobody said another; <paramref name="isWhole"/>: its numbers have no fractions.
/// </summary>
internal sealed class SeedColumn(string name, ColumnType type, string guessed, string? given, bool isWhole) : ContextObject
{
    public string Name => name;

    public ColumnType Type => type;

    public string Guessed => guessed;

    public string DataType => given ?? guessed;

    /// <summary>The value as COPY takes it; most are what PostgreSQL reads as they stand.</summary>
    public ReadOnlySpan<char> Write(ReadOnlySpan<char> value, TimeZoneInfo zone) => type switch
    {
        ColumnType.Text => value,
        ColumnType.Number => SeedNumber.IsPlain(value, isWhole) ? value : isWhole ? SeedNumber.Whole(value) : SeedNumber.Plain(value),
        ColumnType.IsoDateTime => ColumnTypes.Instant(value, zone),
        _ => value.Trim(),
    };

    public override bool TryGetAttribute(string attribute, out object? value)
    {
        value = attribute switch { "name" => name, "data_type" => DataType, _ => null };
        return value is not null;
    }
}
