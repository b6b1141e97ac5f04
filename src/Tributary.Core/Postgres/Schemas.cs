using Npgsql;
using Tributary.Core.Text;

namespace Tributary.Core.Postgres;

/// <summary>Schemas that several nodes make at once.</summary>
public static class Schemas
{
    /// <summary>
    /// Makes the schema when it is missing, in a transaction of its own: <c>create schema if not exists</c> by two sessions at once
    /// fails, and within a node's transaction the others would wait until that node is built.
    /// </summary>
    public static async Task EnsureAsync(Database database, string schema, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var find = new NpgsqlCommand("select exists (select from pg_namespace where nspname = $1)", connection) { Parameters = { new() { Value = schema } } };
        if (await find.ExecuteScalarAsync(cancel) is true) return;
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var wait = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended('tributary schema ' || $1, 0))", connection) { Parameters = { new() { Value = schema } } };
        await wait.ExecuteNonQueryAsync(cancel);
        await using var create = new NpgsqlCommand($"create schema if not exists {Identifier.Quote(schema)}", connection);
        await create.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
