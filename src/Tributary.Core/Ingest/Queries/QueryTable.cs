using Npgsql;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Ingest.Queries;

/// <summary>
/// A table of a query's columns. The load's number and instant are its columns' defaults while it is filled, so that the rows of a database
/// can be passed on as they come.
/// </summary>
internal sealed record QueryTable(Relation Relation, IReadOnlyList<QueryColumn> Columns)
{
    private static readonly string[] Own = ["_load", "_loaded_at"];

    public IReadOnlyList<string> Names => [.. Columns.Select(column => column.Name)];

    /// <summary>The first column whose name is taken by the engine; null when there is none.</summary>
    public QueryColumn? Unfit => Columns.FirstOrDefault(column => Own.Contains(column.Name));

    public async Task CreateAsync(NpgsqlConnection connection, string create, string ending, BatchStamp stamp, CancellationToken cancel)
    {
        var columns = Columns.Select(column => $"{Identifier.Quote(column.Name)} {column.SqlType}")
            .Append(FormattableString.Invariant($"_load bigint not null default {stamp.Load}"))
            .Append($"_loaded_at timestamptz not null default '{stamp.LoadedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}+00'");
        await Statement.RunAsync(connection, $"drop table if exists {Relation.Sql}; {create} {Relation.Sql} ({string.Join(", ", columns)}) {ending}", cancel);
    }

    public Task SettleAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        Statement.RunAsync(connection, $"alter table {Relation.Sql} alter column _load drop default, alter column _loaded_at drop default", cancel);

    public Task AddKeyAsync(NpgsqlConnection connection, IReadOnlyList<string> key, CancellationToken cancel) =>
        Statement.RunAsync(connection, $"set local maintenance_work_mem = '256MB'; alter table {Relation.Sql} add primary key ({List(key)})", cancel);

    /// <summary>The newest value of a column, as text in the one form that every session writes; null when there is none. <paramref name="limit"/> caps it.</summary>
    public async Task<string?> NewestAsync(NpgsqlConnection connection, QueryColumn column, string? known, DateTimeOffset? limit, CancellationToken cancel)
    {
        var newest = $"max({Identifier.Quote(column.Name)})";
        if (known is not null) newest = $"greatest({newest}, {Identifier.Literal(known)}::{column.SqlType})";
        if (limit is { } now && column.SqlType.StartsWith("timestamp", StringComparison.Ordinal) || column.SqlType == "date")
            newest = limit is { } at ? $"least({newest}, '{at.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}+00'::timestamptz at time zone 'UTC')::{column.SqlType}" : newest;
        return await Statement.Of(connection, $"select ({newest})::text from {Relation.Sql}").ScalarAsync(cancel) as string;
    }

    public static string List(IEnumerable<string> names, string before = "") => string.Join(", ", names.Select(name => before + Identifier.Quote(name)));
}
