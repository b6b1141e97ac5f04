using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Postgres;
using Tributary.Core.Postgres.Swaps;
using Tributary.Core.Text;

namespace Tributary.Core.Ingest.Queries;

/// <summary>
/// Brings one stream of a database up to date in one transaction of the warehouse: all rows into a table beside, which becomes the table, or
/// what lies behind the cursor into a table of the session, which is merged by key. The stream's lock must be held.
/// </summary>
internal sealed class QueryLoad(LoadScope scope, QuerySource source)
{
    private static readonly Relation Delta = new("pg_temp", "tributary_delta");

    private readonly NpgsqlConnection connection = scope.Connection;
    private readonly SourceStream stream = scope.Stream;
    private readonly QueryStream query = source.QueryOf(scope.Stream);
    private bool isWritten;
    private readonly LoadLedger ledger = new(scope.Connection, scope.Context, scope.Stream.Key);

    private Relation Beside => stream.Raw with { Name = Identifier.Shorten(stream.Raw.Name, "__tmp") };

    public async Task RunAsync(CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await Statement.RunAsync(connection, "set local idle_in_transaction_session_timeout = 0", cancel);
        var checkpoints = new Checkpoints(connection, scope.Context, stream.Key);
        var stamp = await checkpoints.LockAsync(cancel);
        var stands = await RawTable.FindAsync(connection, stream.Raw, cancel) is not null;
        var position = stands ? QueryPosition.Parse((await checkpoints.ReadAsync(cancel)).Position) : null;
        scope.Context.Successes.Loaded(stream.Key, stamp.Load - 1); // another process may have loaded while this one waited

        await using var session = await source.ConnectAsync(cancel);
        var request = new QueryRequest(query, session);
        if (position?.Contract != request.Contract) position = null;
        var counts = position?.Cursor is null ? null : await TryMergeAsync(session, request, position, stamp, cancel);
        counts ??= await ReplaceAsync(session, request, position, stamp, cancel);
        scope.Tally.Add(counts, null);
        if (!isWritten) return; // the same rows as before: nothing is due downstream, and the transaction is taken back
        await transaction.CommitAsync(cancel);
        scope.Context.Successes.Loaded(stream.Key, stamp.Load);
    }

    /// <summary>Null when the query's columns are no longer those of the table.</summary>
    private async Task<Counts?> TryMergeAsync(QuerySession session, QueryRequest request, QueryPosition known, BatchStamp stamp, CancellationToken cancel)
    {
        var cursor = known.Columns.First(column => column.Name == query.Cursor);
        await using var result = await session.RunAsync(session.Behind(request.Sql(null), query, cursor.SqlType, known.Cursor!), cancel); // the caller has looked
        if (!result.Columns.SequenceEqual(known.Columns)) return null;
        var delta = new QueryTable(Delta, result.Columns);
        await delta.CreateAsync(connection, "create temp table", "on commit drop", stamp, cancel);
        await using var copy = await BinaryCopy.BeginAsync(connection, Delta, delta.Names, cancel, frozen: true);
        var rows = Into(copy);
        await result.CopyAsync(rows, cancel);
        await copy.CompleteAsync(cancel);
        var (inserted, updated) = await ApplyAsync(delta, cancel);
        var next = known with { Rows = known.Rows + inserted, Cursor = await delta.NewestAsync(connection, cursor, known.Cursor, session.Now, cancel) };
        var counts = new Counts(Rows: rows.Rows, Inserted: inserted, Updated: updated, Unchanged: rows.Rows - inserted - updated, Bytes: rows.Bytes);
        if (inserted + updated > 0) await WriteAsync(stamp, counts, next, cancel);
        return counts;
    }

    private Task WriteAsync(BatchStamp stamp, Counts counts, QueryPosition position, CancellationToken cancel)
    {
        isWritten = true;
        return ledger.WriteLoadAsync(stamp, counts, position.ToJson(), cancel);
    }

    private async Task<Counts> ReplaceAsync(QuerySession session, QueryRequest request, QueryPosition? position, BatchStamp stamp, CancellationToken cancel)
    {
        var (table, rows) = await FillBesideAsync(session, request, stamp, cancel);
        var sum = rows.Sum.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);
        var isSame = position is { Cursor: null } && position.Columns.SequenceEqual(table.Columns) && (position.Rows, position.Sum) == (rows.Rows, sum);
        if (isSame) return new Counts(Rows: rows.Rows, Unchanged: rows.Rows, Bytes: rows.Bytes);
        await table.SettleAsync(connection, cancel);
        if (query.Key is { } key) await Unique(() => table.AddKeyAsync(connection, key, cancel));
        var cursor = table.Columns.FirstOrDefault(column => column.Name == query.Cursor);
        var newest = cursor is null ? null : await table.NewestAsync(connection, cursor, null, session.Now, cancel);
        var counts = new Counts(Rows: rows.Rows, Inserted: rows.Rows, Deleted: rows.Rows == 0 ? position?.Rows ?? 0 : 0, Bytes: rows.Bytes);
        await WriteAsync(stamp, counts, new QueryPosition(request.Contract, table.Columns, rows.Rows, sum, newest), cancel);
        await Swap.RunAsync(connection, Beside, stream.Raw, cancel);
        return counts;
    }

    private async Task<(QueryTable Table, QueryRows Rows)> FillBesideAsync(QuerySession session, QueryRequest request, BatchStamp stamp, CancellationToken cancel)
    {
        var keys = query.Keys is { } from ? new KeyBatches(scope.Context.Database, from, stream) : null;
        QueryTable? table = null;
        BinaryCopy? copy = null;
        try
        {
            QueryRows? rows = null;
            await foreach (var sql in request.ListAsync(keys, cancel))
            {
                await using var result = await session.RunAsync(sql, cancel);
                if (table is null || copy is null || rows is null)
                {
                    table = new QueryTable(Beside, result.Columns);
                    RefuseUnfit(table);
                    await table.CreateAsync(connection, "create table", "", stamp, cancel);
                    copy = await BinaryCopy.BeginAsync(connection, Beside, table.Names, cancel, frozen: true);
                    rows = Into(copy);
                }
                else if (!result.Columns.SequenceEqual(table.Columns)) throw Unfit("changed its columns between two batches of keys", "Load again.");
                await result.CopyAsync(rows, cancel);
            }
            if (table is null || copy is null || rows is null) throw new InvalidOperationException("A stream asks at least one query.");
            await copy.CompleteAsync(cancel);
            if (keys is not null) scope.Tally.Remark($"{keys.Count} keys in {keys.Batches} {(keys.Batches == 1 ? "batch" : "batches")}");
            return (table, rows);
        }
        finally
        {
            if (copy is not null) await copy.DisposeAsync();
        }
    }

    private async Task<(long Inserted, long Updated)> ApplyAsync(QueryTable delta, CancellationToken cancel)
    {
        var key = query.Key!; // a cursor has one
        var others = delta.Columns.Where(column => !key.Contains(column.Name)).ToList();
        string[] names = [.. delta.Names, "_load", "_loaded_at"];
        var sql = Sql.Read("Ingest/Queries/apply_rows.sql")
            .Replace("{table}", stream.Raw.Sql, StringComparison.Ordinal)
            .Replace("{delta}", Delta.Sql, StringComparison.Ordinal)
            .Replace("{columns}", QueryTable.List(names), StringComparison.Ordinal)
            .Replace("{key}", QueryTable.List(key), StringComparison.Ordinal)
            .Replace("{assignments}", string.Join(", ", names.Except(key).Select(Identifier.Quote).Select(name => $"{name} = excluded.{name}")), StringComparison.Ordinal)
            .Replace("{old_values}", Values(others, "o."), StringComparison.Ordinal)
            .Replace("{new_values}", Values(others, "excluded."), StringComparison.Ordinal);
        await using var command = Statement.Of(connection, sql);
        var counts = (0L, 0L);
        await Unique(async () =>
        {
            await using var row = await command.ExecuteReaderAsync(cancel);
            await row.ReadAsync(cancel);
            counts = (row.GetInt64(0), row.GetInt64(1));
        });
        return counts;
    }

    private static string Values(List<QueryColumn> columns, string of) =>
        $"row({string.Join(", ", columns.Select(column => $"{of}{Identifier.Quote(column.Name)}{(column.IsComparable ? "" : "::text")}"))})";

    private QueryRows Into(BinaryCopy copy) => new(copy, source.Load.MaxRecordBytes.Bytes, scope.Tally.Watch);

    private async Task Unique(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.NotNullViolation or PostgresErrorCodes.CardinalityViolation)
        {
            var what = error.SqlState == PostgresErrorCodes.NotNullViolation ? "is NULL in some rows" : "comes several times";
            throw new UserErrorException(ErrorCodes.KeyNotUnique, source.At, $"The key {string.Join(", ", query.Key ?? [])} of {stream.Key} {what}; nothing was changed.",
                "Name all the columns that make a row one of its kind under `key:`, or leave such rows out in the query.");
        }
    }

    private void RefuseUnfit(QueryTable table)
    {
        if (table.Columns.Count == 0) throw Unfit("gives no column", "Name at least one.");
        if (table.Unfit is { } taken) throw Unfit($"has a column {taken.Name}, which is the engine's own", "Give it another name in a query.");
        foreach (var name in (query.Key ?? []).Concat(query.Cursor is { } cursor ? [cursor] : []).Where(name => !table.Names.Contains(name)))
            throw Unfit($"has no column {name}, which key or cursor names", Nearest.Hint(name, [.. table.Names]));
        var type = table.Columns.FirstOrDefault(column => column.Name == query.Cursor)?.SqlType;
        if (type is not null && !Cursors.Contains(type)) throw Unfit($"has the cursor {query.Cursor}, which is {type}", $"A cursor is of type {string.Join(", ", Cursors)}.");
    }

    private static readonly string[] Cursors = ["smallint", "integer", "bigint", "numeric", "date", "timestamp without time zone", "timestamp with time zone"];

    private UserErrorException Unfit(string why, string? hint) => new(ErrorCodes.QueryUnfit, source.At, $"The query of {stream.Key} {why}.", hint);
}
