using System.Collections.Concurrent;
using Npgsql;
using Tributary.Core.Models.Files;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Changes;

/// <summary>
/// The index by which a raw table's newest rows are found. It is made when the first model asks, which is mostly after the first copy: that
/// copy does not pay for it, and tables that nobody follows never do.
/// </summary>
internal sealed class ChangeIndexes(ModelSettings settings)
{
    private readonly ConcurrentDictionary<(Database, string), Task> made = new();

    public async Task EnsureAsync(Database database, IEnumerable<SourceTable> sources, CancellationToken cancel)
    {
        foreach (var source in sources) await made.GetOrAdd((database, source.Id), _ => TryMakeAsync(database, source, cancel));
    }

    private async Task TryMakeAsync(Database database, SourceTable source, CancellationToken cancel)
    {
        try
        {
            await MakeAsync(database, source, cancel);
        }
        catch
        {
            made.TryRemove((database, source.Id), out _);
            throw;
        }
    }

    private async Task MakeAsync(Database database, SourceTable source, CancellationToken cancel)
    {
        var table = new Relation(source.Schema, source.Identifier);
        string[] columns = settings.StreamTables[source.Streams[0]].SourceColumn is { } label ? [label, "_load"] : ["_load"];
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using (var wait = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 0))", connection) { Parameters = { new() { Value = $"tributary index {table}" } } })
            await wait.ExecuteNonQueryAsync(cancel);
        await using (var find = new NpgsqlCommand(Sql.Read("Models/Changes/needs_index.sql"), connection) { Parameters = { new() { Value = table.Sql }, new() { Value = columns } } })
        {
            if (await find.ExecuteScalarAsync(cancel) is not true) return;
        }
        await using var create = new NpgsqlCommand($"create index on {table.Sql} ({string.Join(", ", columns.Select(Identifier.Quote))})", connection) { CommandTimeout = 0 };
        await create.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}
