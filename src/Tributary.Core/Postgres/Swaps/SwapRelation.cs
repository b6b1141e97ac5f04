using Npgsql;
using Tributary.Core.Text;

namespace Tributary.Core.Postgres.Swaps;

/// <summary>A relation that takes part in a swap; <paramref name="Kind"/> is pg_class.relkind.</summary>
internal sealed record SwapRelation(uint Oid, Relation Relation, char Kind, string Owner, bool IsOurs)
{
    /// <summary>The word that ALTER, DROP and COMMENT want.</summary>
    public string KindWord => Word(Kind);

    public string LockSql => Lock(KindWord, Relation, Owner);

    /// <summary>
    /// Takes the exclusive lock and changes nothing, for relations of every kind (LOCK TABLE refuses materialized views, and of a
    /// view it locks everything below).
    /// </summary>
    public static string Lock(string kindWord, Relation relation, string owner) => $"alter {kindWord} {relation.Sql} owner to {Identifier.Quote(owner)}";

    public static string Word(char kind) => kind switch
    {
        'v' => "view",
        'm' => "materialized view",
        'f' => "foreign table",
        _ => "table",
    };

    /// <summary>Null when there is no relation of that name.</summary>
    public static async Task<SwapRelation?> FindAsync(SwapSession session, Relation relation, CancellationToken cancel)
    {
        var rows = await session.RowsAsync("read_relation.sql", Read, cancel, relation.Schema, relation.Name);
        return rows.Count == 0 ? null : rows[0];

        SwapRelation Read(NpgsqlDataReader row) =>
            new(row.GetFieldValue<uint>(0), relation, row.GetFieldValue<char>(1), row.GetString(2), row.GetBoolean(3));
    }
}
