using System.Globalization;
using System.Text;

namespace Tributary.Core.Models.UnitTests.Comparing;

/// <summary>
/// Compares the rows that came with those that were expected, in any order, each as often as it stands; numbers by their value. What
/// differs is shown row by row: fixtures are nobody's data.
/// </summary>
internal sealed class RowDifferences
{
    private const int MostRows = 20;
    private const int WidestCell = 40;

    private readonly IReadOnlyList<TypedColumn> columns;
    private readonly List<string?[]> missing = [];
    private readonly List<string?[]> unexpected = [];

    public RowDifferences(IReadOnlyList<TypedColumn> columns, IReadOnlyList<string?[]> actual, IReadOnlyList<string?[]> expected)
    {
        this.columns = columns;
        var left = new Dictionary<string, Queue<string?[]>>(StringComparer.Ordinal);
        foreach (var row in actual)
        {
            var key = Key(row);
            if (!left.TryGetValue(key, out var rows)) left[key] = rows = new Queue<string?[]>();
            rows.Enqueue(row);
        }
        foreach (var row in expected)
        {
            if (!left.TryGetValue(Key(row), out var rows) || !rows.TryDequeue(out _)) missing.Add(row);
        }
        foreach (var row in actual)
        {
            if (left.TryGetValue(Key(row), out var rows) && rows.TryPeek(out var next) && ReferenceEquals(next, row)) unexpected.Add(rows.Dequeue());
        }
    }

    public bool Any => missing.Count + unexpected.Count > 0;

    /// <summary>A table with a line for each row that differs; a row that is nearly the expected one stands below it.</summary>
    public override string ToString()
    {
        var lines = new List<(string Mark, string?[] Row)>();
        var others = new List<string?[]>(unexpected);
        foreach (var row in missing)
        {
            lines.Add(("expected", row));
            if (Nearest(row, others) is not { } near) continue;
            lines.Add(("actual", near));
            others.Remove(near);
        }
        lines.AddRange(others.Select(row => ("actual", row)));
        return Table([.. lines.Take(MostRows)], lines.Count);
    }

    /// <summary>The row that has the most cells in common, when it has any.</summary>
    private string?[]? Nearest(string?[] row, List<string?[]> others)
    {
        string?[]? best = null;
        var most = 0;
        foreach (var other in others)
        {
            var same = 0;
            for (var i = 0; i < row.Length; i++) if (Same(row[i], other[i], columns[i])) same++;
            if (same > most || (most == 0 && others.Count == 1 && missing.Count == 1)) (best, most) = (other, same);
        }
        return best;
    }

    private string Table(List<(string Mark, string?[] Row)> lines, int all)
    {
        var widths = columns.Select((column, i) => lines.Select(line => Shown(line.Row[i]).Length).Append(column.Name.Length).Max()).ToArray();
        var text = new StringBuilder().Append("          | ").AppendJoin(" | ", columns.Select((column, i) => column.Name.PadRight(widths[i])));
        foreach (var (mark, row) in lines)
            text.Append('\n').Append(CultureInfo.InvariantCulture, $"{mark,-9} | ").AppendJoin(" | ", row.Select((cell, i) => Shown(cell).PadRight(widths[i])));
        if (all > lines.Count) text.Append(CultureInfo.InvariantCulture, $"\n… and {all - lines.Count} more");
        return string.Join('\n', text.ToString().Split('\n').Select(line => line.TrimEnd()));
    }

    private static string Shown(string? cell) => cell switch
    {
        null => "NULL",
        { Length: > WidestCell } => cell[..(WidestCell - 1)].ReplaceLineEndings(" ") + "…",
        _ => cell.ReplaceLineEndings(" "),
    };

    private string Key(string?[] row)
    {
        var key = new StringBuilder();
        for (var i = 0; i < row.Length; i++) key.Append(row[i] is { } cell ? Value(cell, columns[i]) : "\u0001").Append('\0');
        return key.ToString();
    }

    private static bool Same(string? one, string? other, TypedColumn column) =>
        one is null || other is null ? one is null && other is null : Value(one, column) == Value(other, column);

    /// <summary>2.50 and 2.5 are one number.</summary>
    private static string Value(string cell, TypedColumn column) =>
        column.IsNumeric && cell.Contains('.', StringComparison.Ordinal) ? cell.TrimEnd('0').TrimEnd('.') : cell;
}
