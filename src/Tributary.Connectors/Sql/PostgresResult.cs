using Npgsql;
using Tributary.Core.Ingest.Queries;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Connectors.Sql;

/// <summary>
/// A query's rows by COPY in binary form. Types that every PostgreSQL has pass as they are; others (enums, domains over them, types of
/// extensions) as their text.
/// </summary>
internal sealed class PostgresResult : QueryResult
{
    private const string FindTypes = """
        select t.oid, pg_catalog.format_type(t.oid, -1)
        from pg_catalog.pg_type t
        where t.oid = any($1) and t.oid < 16384 and t.typtype in ('b', 'r', 'm') and t.typsend <> 0 and t.typreceive <> 0
          and t.typname !~ '^_?reg' and t.typname not in ('unknown', 'money', 'aclitem', '_money', '_aclitem', 'name', 'char', 'int2vector', 'oidvector')
        """;

    private readonly SqlDatabase source;
    private readonly NpgsqlConnection connection;
    private readonly string copy;

    private PostgresResult(SqlDatabase source, NpgsqlConnection connection, string copy, IReadOnlyList<QueryColumn> columns)
    {
        this.source = source;
        this.connection = connection;
        this.copy = copy;
        Columns = columns;
    }

    public override IReadOnlyList<QueryColumn> Columns { get; }

    /// <summary>The query is parsed alone first: a text that is more than one query is refused here, before it is put into a COPY.</summary>
    public static async Task<PostgresResult> OpenAsync(SqlDatabase source, NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        var described = new List<(string Name, uint Type)>();
        await using (var describe = new NpgsqlCommand($"select q.* from ({sql}\n) q", connection))
        await using (var reader = await describe.ExecuteReaderAsync(System.Data.CommandBehavior.SchemaOnly, cancel))
        {
            foreach (var column in reader.GetColumnSchema()) described.Add((column.ColumnName, column.TypeOID));
        }
        var known = await TypesAsync(connection, [.. described.Select(column => column.Type)], cancel);
        var columns = described.Select(column => new QueryColumn(column.Name, known.GetValueOrDefault(column.Type, "text"))).ToList();
        var terms = described.Select(column => known.ContainsKey(column.Type) ? $"q.{Identifier.Quote(column.Name)}" : $"q.{Identifier.Quote(column.Name)}::text");
        return new PostgresResult(source, connection, $"copy (select {string.Join(", ", terms)} from ({sql}\n) q) to stdout (format binary)", columns);
    }

    public override async Task CopyAsync(QueryRows rows, CancellationToken cancel)
    {
        await using var tuples = await OpenAsync(cancel);
        await rows.PassAsync(tuples, error => PostgresFailure.Explain(error, source), cancel);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<CopyOut> OpenAsync(CancellationToken cancel)
    {
        try
        {
            return await CopyOut.OpenBinaryAsync(connection, copy, cancel);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw PostgresFailure.Explain(error, source);
        }
    }

    private static async Task<Dictionary<uint, string>> TypesAsync(NpgsqlConnection connection, uint[] types, CancellationToken cancel)
    {
        var found = new Dictionary<uint, string>();
        await using var command = new NpgsqlCommand(FindTypes, connection);
        command.Parameters.Add(new() { Value = types, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Oid });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel)) found[rows.GetFieldValue<uint>(0)] = rows.GetString(1);
        return found;
    }
}
