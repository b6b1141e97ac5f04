using Npgsql;

namespace Tributary.Core.Postgres.Swaps;

/// <summary>A view or materialized view over the relation that is swapped. <paramref name="Depth"/>: above everything that it reads.</summary>
internal sealed record SwapDependent(
    uint Oid, Relation Relation, char Kind, int Depth, bool IsDirect, string Owner, bool IsOurs, string Options, bool IsPopulated, string Definition)
{
    public string KindWord => SwapRelation.Word(Kind);

    public string DropSql => $"drop {KindWord} {Relation.Sql}";

    public string LockSql => SwapRelation.Lock(KindWord, Relation, Owner);

    public string ReplaceSql => $"create or replace view {Relation.Sql}{With} as {Definition}";

    public string CreateSql => $"create {KindWord} {Relation.Sql}{With} as {Definition}{(IsPopulated ? "" : " with no data")}";

    private string With => Options.Length == 0 ? "" : $" with ({Options})";

    /// <summary>Runs a statement that makes the view over <paramref name="target"/>; 42P16 is the caller's to treat.</summary>
    public async Task CompileAsync(SwapSession session, string sql, Relation target, CancellationToken cancel)
    {
        try
        {
            await session.ExecuteAsync(sql, cancel);
        }
        catch (PostgresException error) when (!DatabaseError.IsPassing(error) && error.SqlState != PostgresErrorCodes.InvalidTableDefinition)
        {
            throw SwapRefusal.NoLongerCompiles(target, this, error);
        }
    }

    public static Task<List<SwapDependent>> ReadAsync(SwapSession session, uint oid, CancellationToken cancel) =>
        session.RowsAsync("read_dependents.sql", Read, cancel, (long)oid);

    private static SwapDependent Read(NpgsqlDataReader row) => new(
        row.GetFieldValue<uint>(0), new(row.GetString(1), row.GetString(2)), row.GetFieldValue<char>(3), row.GetInt32(4), row.GetBoolean(5),
        row.GetString(6), row.GetBoolean(7), row.GetString(8), row.GetBoolean(9), row.GetString(10));
}
