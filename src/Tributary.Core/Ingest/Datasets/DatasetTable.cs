using Npgsql;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Ingest.Datasets;

/// <summary>A table of typed columns, and the names that the embedded statements about it are filled with.</summary>
internal sealed record DatasetTable(Relation Relation, Dataset Dataset, IReadOnlyList<(string Name, string SqlType)> Columns, RowStamp Stamp)
{
    public static DatasetTable Of(Relation relation, Dataset dataset, IEnumerable<TableColumn> columns, RowStamp stamp)
    {
        var required = (dataset.Key ?? []).Concat(dataset.OrderBy is { } order ? [order] : []).ToHashSet(StringComparer.Ordinal);
        var own = columns.Select(column => (column.Name, required.Contains(column.Name) ? $"{column.Writer.SqlType} not null" : column.Writer.SqlType));
        return new DatasetTable(relation, dataset, [.. own], stamp);
    }

    public IReadOnlyList<string> ColumnNames => [.. Columns.Concat(Stamp.Columns).Select(column => column.Name)];

    public string Key => List(Dataset.Key ?? []);

    /// <summary>What orders the versions of a record: the declared column, then the drop.</summary>
    public string OrderOf(string alias) => Dataset.OrderBy is { } order ? $"{alias}.{Identifier.Quote(order)}, {alias}._dropped_at" : $"{alias}._dropped_at";

    private string NewestFirst => (Dataset.OrderBy is { } order ? $"n.{Identifier.Quote(order)} desc, " : "") + "n._dropped_at desc";

    /// <summary>
    /// An embedded statement with this table's names: <c>{table}</c>, <c>{key}</c>, <c>{columns}</c> and the like, and those of
    /// <paramref name="parts"/>.
    /// </summary>
    public string Fill(string path, params (string Name, string Sql)[] parts)
    {
        var sql = Sql.Read(path);
        foreach (var (name, part) in parts) sql = sql.Replace($"{{{name}}}", part, StringComparison.Ordinal);
        return sql
            .Replace("{table}", Relation.Sql, StringComparison.Ordinal)
            .Replace("{key}", Key, StringComparison.Ordinal)
            .Replace("{same_key}", string.Join(" and ", (Dataset.Key ?? []).Select(name => $"n.{Identifier.Quote(name)} = o.{Identifier.Quote(name)}")), StringComparison.Ordinal)
            .Replace("{new_key}", List(Dataset.Key ?? [], "n."), StringComparison.Ordinal)
            .Replace("{either_key}", string.Join(", ", (Dataset.Key ?? []).Select(Identifier.Quote).Select(name => $"coalesce(n.{name}, o.{name}) as {name}")), StringComparison.Ordinal)
            .Replace("{assignments}", string.Join(", ", ColumnNames.Except([.. Dataset.Key ?? [], "_load"]).Select(Identifier.Quote).Select(name => $"{name} = excluded.{name}")), StringComparison.Ordinal)
            .Replace("{excluded_order}", OrderOf("excluded"), StringComparison.Ordinal)
            .Replace("{columns}", List(ColumnNames), StringComparison.Ordinal)
            .Replace("{newest_first}", NewestFirst, StringComparison.Ordinal)
            .Replace("{new_order}", OrderOf("n"), StringComparison.Ordinal)
            .Replace("{old_order}", OrderOf("o"), StringComparison.Ordinal)
            .Replace("{new_columns}", List(ColumnNames, "n."), StringComparison.Ordinal);
    }

    public string Definition => string.Join(", ", Columns.Concat(Stamp.Columns).Select(column =>
        $"{Identifier.Quote(column.Name)} {(column.SqlType == "jsonb" ? "jsonb {compression}" : column.SqlType)}"));

    public async Task CreateAsync(NpgsqlConnection connection, string create, CancellationToken cancel, string ending = "") =>
        await Statement.RunAsync(connection, await RawTable.CompressedAsync(connection, $"{create} {Relation.Sql} ({Definition}) {ending}", cancel), cancel);

    public static string List(IEnumerable<string> names, string before = "") => string.Join(", ", names.Select(name => before + Identifier.Quote(name)));
}
