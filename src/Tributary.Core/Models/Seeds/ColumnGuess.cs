namespace Tributary.Core.Models.Seeds;

/// <summary>The types that every value of a column so far fits; the first of them is the column's.</summary>
internal sealed class ColumnGuess(bool isGiven)
{
    private const int All = (1 << ((int)ColumnType.Text + 1)) - 1;
    private const int TextOnly = 1 << (int)ColumnType.Text;

    private int left = isGiven ? TextOnly : All;
    private bool hasDecimals;
    private bool isLong;

    public ColumnType Type => (ColumnType)int.TrailingZeroCount(left);

    /// <summary>Whole numbers are integer, or bigint when one does not fit (dbt would fail there); others are float8.</summary>
    public string DataType => Type switch
    {
        ColumnType.Number when hasDecimals => "float8",
        ColumnType.Number => isLong ? "bigint" : "integer",
        ColumnType.Date => "date",
        ColumnType.DateTime or ColumnType.IsoDateTime => "timestamp without time zone",
        ColumnType.Boolean => "boolean",
        _ => "text",
    };

    public bool IsWhole => !hasDecimals;

    public void See(ReadOnlySpan<char> value)
    {
        if (left == TextOnly || ColumnTypes.IsNull(value)) return;
        for (var type = Type; type < ColumnType.Text; type++)
        {
            if ((left & (1 << (int)type)) != 0 && !type.Accepts(value)) left &= ~(1 << (int)type);
        }
        if (Type != ColumnType.Number) return;
        hasDecimals = hasDecimals || SeedNumber.Decimals(value) > 0;
        isLong = isLong || SeedNumber.IsBeyondInteger(value);
    }
}
