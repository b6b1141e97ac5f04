using Npgsql;
using NpgsqlTypes;
using Tributary.Core.Text;

namespace Tributary.Core.Ingest;

/// <summary>Makes a raw table that another program made, or an older load, fit for the loads of a stream.</summary>
internal sealed class TakeOver(NpgsqlConnection connection, SourceStream stream, RawTable table)
{
    private readonly RawColumns columns = stream.Source.Load.Raw.Columns;

    /// <summary>
    /// Adds the engine's columns where they are missing; throws TRB0404 when the user's columns are not there or, for a merge, no unique index
    /// is on the key alone. A primary key on the id alone is widened where a column tells sources apart.
    /// </summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var found = await ReadAsync(cancel);
        Require(found, columns.Id, "text", "character varying");
        Require(found, columns.Document, "jsonb");
        Require(found, columns.LoadedAt, "timestamp with time zone", "timestamp without time zone");
        if (columns.Source is { } source) Require(found, source, "text", "character varying");
        if (stream.Disposition == Disposition.Merge && !await HasKeyAsync(cancel)) await WidenKeyAsync(cancel);
        if (table.ColumnNames.Any(name => !found.ContainsKey(name)))
            await Statement.RunAsync(connection, table.Fill("Ingest/complete_raw_table.sql"), cancel);
    }

    private async Task<Dictionary<string, string>> ReadAsync(CancellationToken cancel)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var command = Of(Sql.Read("Ingest/read_raw_columns.sql"));
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel)) found[rows.GetString(0)] = rows.GetString(1);
        return found;
    }

    private async Task<bool> HasKeyAsync(CancellationToken cancel) =>
        await Of(Sql.Read("Ingest/find_raw_key.sql")).With(NpgsqlDbType.Array | NpgsqlDbType.Text, table.KeyColumns).ScalarAsync(cancel) is true;

    private async Task WidenKeyAsync(CancellationToken cancel)
    {
        var narrow = columns.Source is null ? null
            : await Of(Sql.Read("Ingest/find_narrow_key.sql")).With(NpgsqlDbType.Text, columns.Id).ScalarAsync(cancel) as string;
        if (narrow is null)
            throw Unfit($"it has no primary key on {string.Join(" and ", table.KeyColumns)} alone, which a merge needs");
        await Statement.RunAsync(connection, $"alter table {table.Relation.Sql} drop constraint {Identifier.Quote(narrow)}", cancel);
        await table.AddKeyAsync(connection, cancel);
    }

    private NpgsqlCommand Of(string sql) => Statement.Of(connection, sql).With(NpgsqlDbType.Text, table.Relation.Sql);

    private void Require(Dictionary<string, string> found, string name, params string[] types)
    {
        if (!found.TryGetValue(name, out var type)) throw Unfit($"it has no column {name} ({types[0]})");
        if (!types.Contains(type)) throw Unfit($"its column {name} is {type}, expected {types[0]}");
    }

    private UserErrorException Unfit(string why) => new(
        ErrorCodes.RawTableUnfit, stream.Source.At,
        $"The stream {stream.Key} lands in {table.Relation}, which is there already, and {why}.",
        "Name another table or other columns under `raw:`, or change the table.");
}
