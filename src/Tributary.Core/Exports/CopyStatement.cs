using Tributary.Core.Text;

namespace Tributary.Core.Exports;

/// <summary>The COPY statement that writes one relation as CSV.</summary>
internal static class CopyStatement
{
    /// <summary>The letters that make a spreadsheet take a cell for a formula (OWASP, "CSV Injection"), by code point.</summary>
    private const string Starters = "61, 43, 45, 64, 9, 13"; // = + - @ tab CR

    private const string PlainNumber = "'^[+-]?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]+)?$'";

    /// <summary><paramref name="only"/>: columns and the text that they must have.</summary>
    public static string Of(ExportTable table, RowOrder order, CsvOptions csv, params IReadOnlyList<(string Column, string Value)> only)
    {
        var where = only.Count == 0 ? "" : $" where {string.Join(" and ", only.Select(one => $"{Identifier.Quote(one.Column)}::text = {Identifier.Literal(one.Value)}"))}";
        var columns = table.Columns.Select(column => csv.Formula == CsvFormula.Keep ? Identifier.Quote(column.Name) : Escaped(column));
        return $"copy (select {string.Join(", ", columns)} from {table.Source.Relation.Sql}{where} order by {order.Sql}) to stdout (format csv, header, encoding 'UTF8')";
    }

    private static string Escaped(ExportColumn column)
    {
        var name = Identifier.Quote(column.Name);
        var header = "=+-@\t\r".Contains(column.Name[0]) ? Identifier.Quote("'" + column.Name) : name;
        if (!column.IsText && column.Category != 'E') return $"{name} as {header}";
        // ascii() of the first letter costs a tenth of a pattern match, which only the few suspects then pay.
        return $"case when ascii({name}::text) in ({Starters}) and {name}::text !~ {PlainNumber} then '''' || {name}::text else {name}::text end as {header}";
    }
}
