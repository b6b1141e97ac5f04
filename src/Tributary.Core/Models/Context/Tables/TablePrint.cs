using System.Globalization;
using System.Text;
using Tributary.Jinja;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Tables;

/// <summary>A table for people to read: <c>print_table</c>, <c>print_csv</c>, <c>print_json</c>; and written to a file as CSV or JSON.</summary>
internal static class TablePrint
{
    private const string Cut = "...";

    private static readonly MemberTable<AgateTable> Members = new()
    {
        ["print_table"] = t => F("print_table", "max_rows=20, max_columns=6, output=None, max_column_width=20, locale=None, max_precision=3",
            a => Print(t, Table(t, a.IntegerOrNone(0), a.IntegerOrNone(1), a.IntegerOrNone(3)))),
        ["print_structure"] = t => F("print_structure", "output=None, max_rows=None", _ => Print(t, Structure(t))),
        ["print_csv"] = t => F("print_csv", "**kwargs", _ => Print(t, Csv(t))),
        ["print_json"] = t => F("print_json", "**kwargs", a => Print(t, Json(t, a.Context))),
        ["to_csv"] = t => F("to_csv", "path, **kwargs", a => Write(a.Text(0), Csv(t))),
        ["to_json"] = t => F("to_json", "path, key=None, newline=False, indent=None, **kwargs", a => Write(a.Text(0), Json(t, a.Context))),
    };

    public static bool TryMake(AgateTable table, string name, out object? value) => Members.TryGet(table, name, out value);

    /// <summary>The names and types of the columns.</summary>
    public static string Structure(AgateTable table)
    {
        var rows = table.Header.Names.Zip(table.Types, (name, type) => (object?[])[name, type.TypeName]);
        return Table(new AgateTable(new AgateHeader(["column", "data_type"]), [AgateType.Text, AgateType.Text], [.. rows]), null, null, null);
    }

    private static Function F(string name, string parameters, Func<BoundArguments, object?> body) => new(name, parameters, body);

    private static object? Print(AgateTable table, string text)
    {
        table.Print(text.TrimEnd('\n'));
        return null;
    }

    private static object? Write(string path, string text)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        File.WriteAllText(path, text);
        return null;
    }

    private static string Table(AgateTable table, int? maxRows, int? maxColumns, int? maxWidth)
    {
        var columns = Math.Min(maxColumns ?? int.MaxValue, table.Header.Names.Count);
        var more = columns < table.Header.Names.Count;
        var rows = new List<string[]> { Line(table.Header.Names.Take(columns), more, maxWidth) };
        foreach (var row in table.Rows.All.Take(maxRows ?? int.MaxValue))
            rows.Add(Line(row.Cells.Take(columns).Select((cell, i) => Cell(cell, table.Types[i])), more, maxWidth));
        if (table.Rows.All.Count > (maxRows ?? int.MaxValue)) rows.Add([.. rows[0].Select(_ => Cut)]);
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(i => rows.Max(row => row[i].Length))];
        var text = new StringBuilder();
        for (var i = 0; i < rows.Count; i++)
        {
            text.Append("| ").AppendJoin(" | ", rows[i].Select((cell, c) => c < columns && table.Types[c] == AgateType.Number ? cell.PadLeft(widths[c]) : cell.PadRight(widths[c]))).Append(" |\n");
            if (i == 0) text.Append("| ").AppendJoin(" | ", widths.Select(width => new string('-', width))).Append(" |\n");
        }
        return text.ToString();
    }

    private static string[] Line(IEnumerable<string> cells, bool more, int? maxWidth) =>
        [.. (more ? cells.Append(Cut) : cells).Select(cell => maxWidth is { } width && cell.Length > width ? cell[..Math.Max(0, width - Cut.Length)] + Cut : cell)];

    private static string Cell(object? cell, AgateType type) => cell switch
    {
        null => "",
        decimal number when type == AgateType.Number => number.ToString("#,##0.###", CultureInfo.InvariantCulture),
        _ => PythonText.Of(cell),
    };

    private static string Csv(AgateTable table)
    {
        var text = new StringBuilder();
        foreach (var row in table.Rows.All.Select(row => row.Cells).Prepend([.. table.Header.Names]))
            text.AppendJoin(',', row.Select(cell => Quoted(cell is null ? "" : PythonText.Of(cell)))).Append('\n');
        return text.ToString();
    }

    private static string Quoted(string cell) => cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Json(AgateTable table, TemplateContext context)
    {
        var rows = new List<object?>();
        foreach (var row in table.Rows.All)
        {
            var dict = new JinjaDict();
            for (var i = 0; i < row.Cells.Length; i++) dict[table.Header.Names[i]] = row.Cells[i] is IJinjaObject host ? host.ToString() : row.Cells[i];
            rows.Add(dict);
        }
        return JsonText.Of(rows, context);
    }
}
