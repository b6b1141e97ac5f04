using Tributary.Core.Text;

namespace Tributary.Core.Exports;

/// <summary>The statements that read a relation as documents: its slices with their digests, and the rows of one slice.</summary>
internal sealed record DocumentSelect(ExportTable Table, CollectionConfig Collection)
{
    public IReadOnlyList<DocumentColumn> Columns => [.. Table.Columns.Select(column => new DocumentColumn(column.Name, TypeOf(column)))];

    /// <summary>Period, rows and two sums of hashes of each slice. Sums know no order, so nothing is sorted and nothing is kept.</summary>
    public string Slices
    {
        get
        {
            var row = string.Join(", ", Table.Columns.Select(column => Identifier.Quote(column.Name)));
            var period = Collection.Period is { } name ? $"{Identifier.Quote(name)}::text" : "null::text";
            return $"""
                select period, count(*), sum(('x' || left(hash, 16))::bit(64)::bigint)::text, sum(('x' || right(hash, 16))::bit(64)::bigint)::text
                from (select {period} as period, md5(row({row})::text) as hash from {Table.Source.Relation.Sql}) as rows
                group by period order by period collate "C"
                """;
        }
    }

    /// <summary>All rows, or with a period column those of $1, ordered by the key.</summary>
    public string Rows
    {
        get
        {
            var values = string.Join(", ", Table.Columns.Select(Value));
            var order = string.Join(", ", Collection.Key.Select(name => $"{Identifier.Quote(name)}::text collate \"C\""));
            var where = Collection.Period is { } period ? $" where {Identifier.Quote(period)}::text = $1" : "";
            return $"select {values} from {Table.Source.Relation.Sql}{where} order by {order}";
        }
    }

    private static string Value(ExportColumn column)
    {
        var name = Identifier.Quote(column.Name);
        return TypeOf(column) switch
        {
            DocumentType.Integer => $"{name}::int4",
            DocumentType.Double => $"{name}::float8",
            DocumentType.Instant => $"floor(extract(epoch from {name}) * 1000)::bigint",
            DocumentType.Json => $"to_jsonb({name})::text",
            DocumentType.Text or DocumentType.Decimal => $"{name}::text",
            _ => name,
        };
    }

    private static DocumentType TypeOf(ExportColumn column)
    {
        var type = column.Type.Split('(')[0];
        return type switch
        {
            "boolean" => DocumentType.Truth,
            "smallint" or "integer" => DocumentType.Integer,
            "bigint" => DocumentType.Long,
            "real" or "double precision" => DocumentType.Double,
            "numeric" => DocumentType.Decimal,
            "date" => DocumentType.Instant,
            "json" or "jsonb" => DocumentType.Json,
            "bytea" => DocumentType.Bytes,
            _ when type.StartsWith("timestamp", StringComparison.Ordinal) => DocumentType.Instant,
            _ when column.Type.EndsWith("[]", StringComparison.Ordinal) || column.Category == 'C' => DocumentType.Json,
            _ => DocumentType.Text,
        };
    }
}
