using Npgsql;
using Tributary.Core.Text;

namespace Tributary.Core.Postgres.Swaps;

/// <summary>
/// A foreign key of another table to the one that is swapped. It goes over to the new table and holds for rows that are written from
/// then on; those that stand are not looked at, because their own table is as a rule built next.
/// </summary>
internal sealed record SwapForeignKey(Relation From, string Name, string Definition)
{
    private const string NotValid = " NOT VALID";

    public string DropSql => $"alter table {From.Sql} drop constraint {Identifier.Quote(Name)}";

    private string AddSql => $"alter table {From.Sql} add constraint {Identifier.Quote(Name)} {Definition}{(Definition.EndsWith(NotValid, StringComparison.Ordinal) ? "" : NotValid)}";

    public static Task<List<SwapForeignKey>> ReadAsync(SwapSession session, uint oid, CancellationToken cancel) => session.RowsAsync(
        "read_foreign_keys.sql", row => new SwapForeignKey(new(row.GetString(0), row.GetString(1)), row.GetString(2), row.GetString(3)), cancel, (long)oid);

    /// <summary>Throws <see cref="UserErrorException"/> when the new table lacks the key that it refers to.</summary>
    public async Task AddAsync(SwapSession session, Relation target, CancellationToken cancel)
    {
        try
        {
            await session.ExecuteAsync(AddSql, cancel);
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.InvalidForeignKey or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.DatatypeMismatch)
        {
            throw SwapRefusal.Held(target, [$"constraint {Name} on table {From}"]);
        }
    }
}
