using System.Collections.Concurrent;
using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Models.Compiling;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Running;

/// <summary>What the nodes of one project share while they are checked and built: the compiler, what lies upstream, schemas that exist.</summary>
internal sealed class ModelWorkshop(ParsedProject project)
{
    private readonly ConcurrentDictionary<(Database, string), Task> schemas = new();

    public ParsedProject Project => project;

    public ModelCompiler Compiler { get; } = new(project);

    public UpstreamSuccesses Upstream { get; } = new(project);

    public CompiledFiles Files { get; } = new(project);

    /// <summary>The materialization's or the project's own version of an engine's macro: a part of every fingerprint.</summary>
    public string Overrides { get; } = MacroOverrides.Hash(project.Macros);

    /// <summary>A session that opens nothing before a template asks the warehouse, and then only reads.</summary>
    public ReadSession Reading(RunContext run, CancellationToken cancel) => new(run.Database, project.Settings.Target.Database, cancel);

    /// <summary>
    /// Makes the schema once for each run, in a transaction of its own: two nodes that make it at once would wait for one
    /// another until the slower one is built.
    /// </summary>
    public Task EnsureSchemaAsync(RunContext run, string schema, CancellationToken cancel) =>
        schemas.GetOrAdd((run.Database, schema), key => CreateSchemaAsync(key.Item1, key.Item2, cancel));

    private async Task CreateSchemaAsync(Database database, string schema, CancellationToken cancel)
    {
        try
        {
            await using var connection = await database.OpenAsync(cancel);
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            await using var wait = new NpgsqlCommand(Sql.Read("Models/Running/lock_schema.sql"), connection);
            wait.Parameters.Add(new() { Value = schema });
            await wait.ExecuteNonQueryAsync(cancel);
            await using var create = new NpgsqlCommand($"create schema if not exists {Identifier.Quote(schema)}", connection);
            await create.ExecuteNonQueryAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
        catch
        {
            schemas.TryRemove((database, schema), out _);
            throw;
        }
    }
}
