using Npgsql;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Ingest.Datasets;

/// <summary>
/// <c>&lt;table&gt;_history</c> of a dataset: every version of every record with the drops between which it was true (valid) and the time in
/// which we knew it so (known). A drop that comes late cuts in between; what was known before stays as it was known then.
/// </summary>
internal sealed class DatasetHistory(NpgsqlConnection connection, DatasetTable table, DateTimeOffset knownFrom)
{
    private readonly Relation relation = new(table.Relation.Schema, Identifier.Shorten(table.Relation.Name, "_history"));
    private readonly Relation function = new(table.Relation.Schema, Identifier.Shorten(table.Relation.Name, "_as_of"));

    /// <summary>
    /// Makes the table when it is not there, from what the dataset's table holds by then, and gives it columns that are new. True when it
    /// was made and is empty.
    /// </summary>
    public async Task<bool> CreateAsync(bool tableStands, CancellationToken cancel)
    {
        if (await RawTable.FindAsync(connection, relation, cancel) is null)
        {
            await new DatasetTable(relation, table.Dataset, table.Columns, table.Stamp).CreateAsync(connection, "create table", cancel);
            await Statement.RunAsync(connection, Fill("create_history.sql"), cancel);
            if (tableStands) await AddFirstAsync(table.Relation, cancel);
            return !tableStands;
        }
        foreach (var (name, type) in table.Columns)
            await Statement.RunAsync(connection, $"alter table {relation.Sql} add column if not exists {Identifier.Quote(name)} {type.Replace(" not null", "", StringComparison.Ordinal)}", cancel);
        return false;
    }

    /// <summary>Nothing is known yet: all records of <paramref name="filled"/> hold from their drop on.</summary>
    public Task AddFirstAsync(Relation filled, CancellationToken cancel) => RunAsync(Fill("begin_history.sql", ("table", filled.Sql)), null, null, cancel);

    /// <summary>
    /// What a snapshot of <paramref name="at"/> in <paramref name="staging"/> says holds until <paramref name="next"/>, the next snapshot that is
    /// known (null: until further notice). Returns how many records are new, changed or gone. <paramref name="tableIsLast"/>: the dataset's table
    /// says what the history says of now.
    /// </summary>
    public async Task<(long Put, long Gone)> AddSnapshotAsync(Relation staging, DateTimeOffset at, DateTimeOffset? next, bool tableIsLast, CancellationToken cancel)
    {
        await Statement.RunAsync(connection, "drop table if exists pg_temp.tributary_changed", cancel);
        // The table itself is narrower than its history.
        var known = tableIsLast ? table.Relation.Sql : $"{relation.Sql} where known_to = 'infinity' and valid_from <= {Instant(at)} and {Instant(at)} < valid_to";
        await RunAsync(Fill("find_changed.sql", ("staging", staging.Sql), ("base", $"select {table.Key}, _hash from {known}")), at, next, cancel);
        await Statement.RunAsync(connection, "analyze pg_temp.tributary_changed", cancel);
        var counts = await CountAsync(cancel);
        await RunAsync(Fill("cut_history.sql"), at, next, cancel);
        await RunAsync(Fill("add_history.sql", ("staging", staging.Sql)), at, next, cancel);
        return counts;
    }

    /// <summary>The first instant behind this one at which something is known to have become otherwise; null when nothing is.</summary>
    public async Task<DateTimeOffset?> NextChangeAsync(DateTimeOffset at, CancellationToken cancel) =>
        await Statement.Of(connection, $"""
            select min(least(case when valid_from > {Instant(at)} then valid_from end, case when valid_to > {Instant(at)} and valid_to < 'infinity' then valid_to end))
            from {relation.Sql} where known_to = 'infinity'
            """).ScalarAsync(cancel) is DateTime change ? new DateTimeOffset(change) : null;

    /// <summary>The records of a delta of <paramref name="at"/> hold until a newer version that is known already.</summary>
    public async Task AddDeltaAsync(Relation delta, DateTimeOffset at, CancellationToken cancel)
    {
        // Without an order a record that says the same again is a version too: a late drop must not outrank it.
        var same = table.Dataset.OrderBy is null ? "n._hash = o._hash and n._dropped_at = o._dropped_at" : "n._hash = o._hash";
        await Statement.RunAsync(connection, "drop table if exists pg_temp.tributary_effective", cancel);
        await RunAsync(Fill("find_effective.sql", ("delta", delta.Sql), ("same", same)), at, null, cancel);
        await RunAsync(Fill("cut_history_of_delta.sql"), at, null, cancel);
        await RunAsync(Fill("add_history_of_delta.sql"), at, null, cancel);
    }

    private async Task<(long Put, long Gone)> CountAsync(CancellationToken cancel)
    {
        await using var command = Statement.Of(connection, "select count(*) filter (where is_there), count(*) filter (where not is_there) from pg_temp.tributary_changed");
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return (row.GetInt64(0), row.GetInt64(1));
    }

    private Task<int> RunAsync(string sql, DateTimeOffset? at, DateTimeOffset? next, CancellationToken cancel) => Statement.Of(connection, sql
            .Replace("{at}", Instant(at), StringComparison.Ordinal).Replace("{next}", Instant(next), StringComparison.Ordinal)
            .Replace("{known}", Instant(knownFrom), StringComparison.Ordinal))
        .RunAsync(cancel);

    // Statements that make tables take no parameters; an instant is digits and signs alone.
    private static string Instant(DateTimeOffset? at) => at is { } instant
        ? $"'{instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", System.Globalization.CultureInfo.InvariantCulture)}+00'::timestamptz"
        : "null::timestamptz";

    private string Fill(string file, params (string Name, string Sql)[] parts) =>
        table.Fill($"Ingest/Datasets/{file}", [.. parts, ("history", relation.Sql), ("as_of", function.Sql)]);
}
