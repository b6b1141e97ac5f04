using System.Collections.Concurrent;
using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Models.Changes;
using Tributary.Core.Models.Compiling;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Postgres;
using Tributary.Core.Postgres.ParseTrees;

namespace Tributary.Core.Models.Running;

/// <summary>What the nodes of one project share while they are checked and built: the compiler, what lies upstream, schemas that exist.</summary>
internal sealed class ModelWorkshop(ParsedProject project)
{
    private readonly ConcurrentDictionary<(Database, string), Task> schemas = new();
    private readonly Lazy<string> overrides = new(() => MacroOverrides.Hash(project.Macros));

    public ParsedProject Project => project;

    /// <summary>PostgreSQL's own functions, as far as they were asked for.</summary>
    public ConcurrentDictionary<uint, CalledFunction> BuiltIns { get; } = new();

    public ModelCompiler Compiler { get; } = new(project);

    public UpstreamSuccesses Upstream { get; } = new(project);

    /// <summary>Indexes of the raw tables whose changes are read.</summary>
    public ChangeIndexes Indexes { get; } = new(project.Settings);

    public CompiledFiles Files { get; } = new(project);

    /// <summary>The materialization's or the project's own version of an engine's macro: a part of every fingerprint.</summary>
    public string Overrides => overrides.Value;

    /// <summary>A session that opens nothing before a template asks the warehouse, and then only reads.</summary>
    public ReadSession Reading(RunContext run, CancellationToken cancel) => new(run, project.Settings.Target.Database, cancel);

    /// <summary>What to throw for what the server, or the way to it, did to a node's <paramref name="statement"/>; its compiled SQL is written for the reader.</summary>
    public async Task<Exception> ExplainAsync(NpgsqlException error, ParsedNode node, string compiled, string statement, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return error is PostgresException refused
            ? DatabaseErrors.Of(refused, node, compiled, statement, await Files.WriteAsync(node, compiled, CancellationToken.None))
            : DatabaseErrors.Lost(error, node);
    }

    /// <summary>Before the first node of a run: makes the schemas of the chosen nodes and lists what stands in them.</summary>
    public void Prepare(RunContext run, IReadOnlySet<string> chosen, CancellationToken cancel)
    {
        foreach (var schema in RunSchemas.Prepare(this, run, project.Nodes.Where(node => chosen.Contains(node.Id)), cancel))
            schemas[(run.Database, schema)] = Task.CompletedTask;
    }

    /// <summary>Makes the schema, once for each warehouse.</summary>
    public Task EnsureSchemaAsync(RunContext run, string schema, CancellationToken cancel) =>
        schemas.GetOrAdd((run.Database, schema), key => CreateSchemaAsync(run, key.Item1, key.Item2, cancel));

    private async Task CreateSchemaAsync(RunContext run, Database database, string schema, CancellationToken cancel)
    {
        try
        {
            if (!OwnSchemas.AreWanted(project))
            {
                await Schemas.EnsureAsync(database, schema, cancel);
                return;
            }
            await using var connection = await database.OpenAsync(cancel);
            OwnSchemas.Create(this, run, connection, [schema], cancel);
        }
        catch
        {
            schemas.TryRemove((database, schema), out _);
            throw;
        }
    }
}
