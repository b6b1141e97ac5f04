using Npgsql;

namespace Tributary.Core.Postgres.ParseTrees;

/// <summary>
/// Asks PostgreSQL's own parser about a query: makes a temporary view of it, reads the stored tree (<c>pg_rewrite.ev_action</c>)
/// and takes the view back, inside the caller's transaction or one of its own.
/// </summary>
public static class ParseTree
{
    private const int ChunkSize = 50;
    private const string Savepoint = "tributary_probe";

    /// <summary>
    /// The shape of one query (no trailing semicolon). Throws <see cref="PostgresException"/> when the server refuses it;
    /// <see cref="Offset"/> characters of its position are ours.
    /// </summary>
    public static async Task<QueryShape> ReadAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var undo = await Undo.BeginAsync(connection, cancel);
        return (await ReadChunkAsync(connection, [sql], cancel))[0];
    }

    /// <summary>The characters that stand before the query in what the server saw.</summary>
    public static int Offset => Create(0, "").IndexOf('\n', StringComparison.Ordinal) + 1;

    /// <summary>The shapes of many queries in few round trips, in their order; one that is refused does not disturb the others.</summary>
    public static async Task<IReadOnlyList<Probe>> ReadAllAsync(NpgsqlConnection connection, IReadOnlyList<string> queries, CancellationToken cancel)
    {
        var probes = new List<Probe>(queries.Count);
        foreach (var chunk in queries.Chunk(ChunkSize)) probes.AddRange(await ProbeAsync(connection, chunk, cancel));
        return probes;
    }

    /// <summary>All at once, and one by one when any is refused.</summary>
    private static async Task<IReadOnlyList<Probe>> ProbeAsync(NpgsqlConnection connection, string[] queries, CancellationToken cancel)
    {
        try
        {
            await using var undo = await Undo.BeginAsync(connection, cancel);
            return Array.ConvertAll(await ReadChunkAsync(connection, queries, cancel), shape => new Probe(shape, null));
        }
        catch (PostgresException error) when (queries.Length == 1)
        {
            return [new Probe(null, DatabaseError.From(error, queries[0], Offset))];
        }
        catch (PostgresException)
        {
            var probes = new List<Probe>(queries.Length);
            foreach (var query in queries) probes.AddRange(await ProbeAsync(connection, [query], cancel));
            return probes;
        }
    }

    private static async Task<QueryShape[]> ReadChunkAsync(NpgsqlConnection connection, string[] queries, CancellationToken cancel)
    {
        var catalog = new ParseCatalog();
        await using (var batch = new NpgsqlBatch(connection))
        {
            for (var i = 0; i < queries.Length; i++) batch.BatchCommands.Add(new(Create(i, queries[i])));
            batch.BatchCommands.Add(new(ParseCatalog.RelationsSql));
            await using var rows = await batch.ExecuteReaderAsync(cancel);
            await catalog.AddRelationsAsync(rows, cancel);
        }
        await catalog.CompleteAsync(connection, cancel);
        return [.. queries.Select((sql, i) => ShapeReader.Read(catalog, catalog.Temporary(Name(i))!, sql))];
    }

    /// <summary>The query stands on lines of its own, so that a comment at its end does no harm.</summary>
    private static string Create(int number, string sql) => $"create temporary view {Name(number)} as\n{sql}\n";

    private static string Name(int number) => $"tributary_probe_{number}";

    /// <summary>Takes the probes back: to a savepoint of the caller's transaction, or with a transaction of its own.</summary>
    private sealed class Undo(NpgsqlConnection connection, NpgsqlTransaction? own) : IAsyncDisposable
    {
        public static async Task<Undo> BeginAsync(NpgsqlConnection connection, CancellationToken cancel)
        {
            try
            {
                return new Undo(connection, await connection.BeginTransactionAsync(cancel));
            }
            // Npgsql does not tell whether a transaction is open; it refuses a second one.
            catch (InvalidOperationException) when (connection.State == System.Data.ConnectionState.Open)
            {
                await ExecuteAsync(connection, $"savepoint {Savepoint}", cancel);
                return new Undo(connection, null);
            }
        }

        public async ValueTask DisposeAsync()
        {
            if (own is not null) await own.DisposeAsync();
            else await ExecuteAsync(connection, $"rollback to savepoint {Savepoint}; release savepoint {Savepoint}", CancellationToken.None);
        }

        private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(cancel);
        }
    }
}
