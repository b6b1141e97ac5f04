using System.Globalization;

namespace Tributary.Core.Models.Context.Tables;

/// <summary>The order of the values of one column: numbers by size, text by code, nulls last.</summary>
internal sealed class CellOrder : IComparer<object?>
{
    public static readonly CellOrder Instance = new();

    public int Compare(object? x, object? y)
    {
        if (x is null || y is null) return (x is null ? 1 : 0) - (y is null ? 1 : 0);
        if (x is string a && y is string b) return string.CompareOrdinal(a, b);
        if (x is IConvertible && y is IConvertible && x is not string && y is not string)
            return Convert.ToDecimal(x, CultureInfo.InvariantCulture).CompareTo(Convert.ToDecimal(y, CultureInfo.InvariantCulture));
        return x is IComparable comparable && x.GetType() == y.GetType() ? comparable.CompareTo(y) : 0;
    }
}
