using Tributary.Core.Text;

namespace Tributary.Core.Exports;

/// <summary>
/// A total order of a relation's rows, the same on every server: the columns that were asked for, then all others. Text is ordered by
/// its bytes, whatever the database's collation. After a whole primary key nothing can tie, and the rest is left out.
/// </summary>
internal sealed record RowOrder(IReadOnlyList<string> Columns, string Sql)
{
    public static RowOrder Of(ExportTable table, IReadOnlyList<string> asked, SourcePosition at)
    {
        var key = table.Columns.Where(column => column.KeyPlace is not null).OrderBy(column => column.KeyPlace).ToList();
        var first = Resolve(table, asked, key, at);
        var isTotal = key.Count > 0 && key.All(first.Contains);
        List<ExportColumn> ordered = isTotal ? first : [.. first, .. table.Columns.Except(first)];
        var terms = ordered.Select(Term);
        if (!isTotal) terms = terms.Concat(ordered.Where(column => column.HasTwinForms).Select(column => AsBytes(column)));
        return new RowOrder([.. ordered.Select(column => column.Name)], string.Join(", ", terms));
    }

    private static List<ExportColumn> Resolve(ExportTable table, IReadOnlyList<string> asked, List<ExportColumn> key, SourcePosition at)
    {
        var first = new List<ExportColumn>();
        foreach (var name in asked)
        {
            if (table.Columns.FirstOrDefault(column => column.Name == name) is { } found) first.Add(found);
            else if (name == Export.PrimaryKey) first.AddRange(key);
            else
            {
                throw new UserErrorException(ErrorCodes.UnknownName, at,
                    $"`order_by` names column '{name}', which '{table.Source.Name}' does not have.",
                    Nearest.Hint(name, [.. table.Columns.Select(column => column.Name)]));
            }
        }
        return [.. first.Distinct()];
    }

    // Numbers, dates, truth values, enums and network addresses have an order of their own; of other types not all have one.
    private static string Term(ExportColumn column) =>
        column.Category is 'N' or 'D' or 'T' or 'B' or 'E' or 'I' ? Identifier.Quote(column.Name) : AsBytes(column);

    private static string AsBytes(ExportColumn column) => $"{Identifier.Quote(column.Name)}::text collate \"C\"";
}
