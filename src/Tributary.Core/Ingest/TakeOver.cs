using Npgsql;
using NpgsqlTypes;
using Tributary.Core.Text;

namespace Tributary.Core.Ingest;

/// <summary>Makes a raw table that another program made, or an older load, fit for the loads of a stream.</summary>
internal sealed class TakeOver(NpgsqlConnection connection, SourceStream stream, RawTable table)
{
    private readonly RawColumns columns = stream.Source.Load.Raw.Columns;

    private sealed record Column(string Type, bool IsUnique);

    /// <summary>
    /// Adds the engine's columns where they are missing; throws TRB0404 when the user's columns are not there or, for a merge, no unique index
    /// is on the key alone.
    /// </summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var found = await ReadAsync(cancel);
        Require(found, columns.Id, "text", "character varying");
        Require(found, columns.Document, "jsonb");
        Require(found, columns.LoadedAt, "timestamp with time zone");
        if (stream.Disposition == Disposition.Merge && !found[columns.Id].IsUnique)
            throw Unfit($"it has no primary key on {columns.Id} alone, which a merge needs");
        if (table.ColumnNames.Any(name => !found.ContainsKey(name)))
            await Statement.RunAsync(connection, table.Fill("Ingest/complete_raw_table.sql"), cancel);
    }

    private async Task<Dictionary<string, Column>> ReadAsync(CancellationToken cancel)
    {
        var found = new Dictionary<string, Column>(StringComparer.Ordinal);
        await using var command = Statement.Of(connection, Sql.Read("Ingest/read_raw_columns.sql")).With(NpgsqlDbType.Text, table.Relation.Sql);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel)) found[rows.GetString(0)] = new Column(rows.GetString(1), rows.GetBoolean(2));
        return found;
    }

    private void Require(Dictionary<string, Column> found, string name, params string[] types)
    {
        if (!found.TryGetValue(name, out var column)) throw Unfit($"it has no column {name} ({types[0]})");
        if (!types.Contains(column.Type)) throw Unfit($"its column {name} is {column.Type}, expected {types[0]}");
    }

    private UserErrorException Unfit(string why) => new(
        ErrorCodes.RawTableUnfit, stream.Source.At,
        $"The stream {stream.Key} lands in {table.Relation}, which is there already, and {why}.",
        "Name another table or other columns under `raw:`, or change the table.");
}
