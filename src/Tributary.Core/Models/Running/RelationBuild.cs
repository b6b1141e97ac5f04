using System.Runtime.ExceptionServices;
using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Models.Compiling;
using Tributary.Core.Models.Context;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Models.Seeds;
using Tributary.Core.Postgres;
using Tributary.Core.Text;
using Tributary.Jinja;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Running;

/// <summary>
/// One build of one relation: compile, let PostgreSQL's parser say what it reads, run the materialization, then publication and
/// success record in one commit. Everything happens on one connection and in one transaction.
/// </summary>
internal sealed class RelationBuild(ModelWorkshop workshop, ParsedNode node, RunContext run, CancellationToken cancel)
{
    private CompiledNode compiled = new("", "", false);
    private WarehouseSession? session;

    /// <summary>How the node's fingerprint is made; asked once everything is built.</summary>
    public required Func<CompiledNode, string> Fingerprint { get; init; }

    public SeedTable? Seed { get; init; }

    /// <summary>Rows of the main statement, once it is committed.</summary>
    public async Task<Counts> RunAsync()
    {
        await workshop.EnsureSchemaAsync(run, node.Schema, cancel);
        await using var connection = await run.Database.OpenAsync(cancel);
        session = new WarehouseSession(new Lazy<NpgsqlConnection>(connection), workshop.Project.Settings.Target.Database, cancel) { Seed = Seed };
        try
        {
            var (success, rows) = await BuildAsync(connection, session);
            run.Successes.Committed(success);
            await RunHooksAfterCommitAsync(connection, session);
            return new Counts(Rows: rows);
        }
        catch (PostgresException error)
        {
            cancel.ThrowIfCancellationRequested();
            var shown = await workshop.Files.WriteAsync(node, compiled.Sql, CancellationToken.None);
            throw DatabaseErrors.Of(error, node, compiled.Sql, session.LastStatement, shown);
        }
        catch (NpgsqlException error)
        {
            cancel.ThrowIfCancellationRequested();
            throw DatabaseErrors.Lost(error, node);
        }
    }

    private async Task<(SuccessRecord Success, long Rows)> BuildAsync(NpgsqlConnection connection, WarehouseSession session)
    {
        await using var writer = await RelationLock.TakeAsync(
            connection, node.Relation, holder => ModelLog.Waits(run.Logger, node.Name, node.Relation.ToString(), holder), cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        compiled = workshop.Compiler.Compile(node, run, session, cancel);
        var reads = Seed is null && run.HasControl ? await NodeReads.AskAsync(connection, compiled.Sql, workshop.Upstream.Relations(node), cancel) : null;
        Materialize(session);
        var rows = session.MainRows;
        var oid = session.PublishedOid ?? await OidAsync(connection);
        // An incremental model's SQL differs once its relation stands: what the next check will see is what counts.
        var standing = node.Config.Materialized == "incremental" ? workshop.Compiler.Compile(node, run, session, cancel) : compiled;
        var success = await new Success(node.Id, Fingerprint(standing), oid, reads?.ToJson()).WriteAsync(connection, run, cancel);
        await transaction.CommitAsync(cancel);
        return (success, rows);
    }

    private void Materialize(WarehouseSession session)
    {
        var macro = workshop.Project.Macros.Materialization(node.Config.Materialized, node.Package)
            ?? throw new InvalidOperationException($"The materialization {node.Config.Materialized} was there at discovery.");
        var context = workshop.Compiler.Context(node, new CompileReferences(workshop.Project, node), run, session, cancel);
        context["sql"] = compiled.Sql;
        context["compiled_code"] = compiled.Sql;
        context.CompiledSql = compiled.Sql;
        if (Seed is not null) context["seed"] = Seed.Columns.ToList<object?>();
        try
        {
            context.Bind(macro).Call(new CallArguments(context.Templates));
        }
        catch (TemplateException error)
        {
            if (error.InnerException is PostgresException refused) ExceptionDispatchInfo.Throw(refused);
            throw new UserErrorException([TemplateErrors.Of(error, node.At)]);
        }
    }

    private async Task<uint?> OidAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("select to_regclass($1)::oid", connection);
        command.Parameters.Add(new() { Value = node.Relation.Sql });
        return await command.ExecuteScalarAsync(cancel) as uint?;
    }

    /// <summary>Hooks that were declared outside transactions: the one thing that commits by itself.</summary>
    private async Task RunHooksAfterCommitAsync(NpgsqlConnection connection, WarehouseSession session)
    {
        foreach (var sql in session.AfterCommit)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(cancel);
        }
    }
}
