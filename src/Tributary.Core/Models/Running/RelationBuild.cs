using System.Runtime.ExceptionServices;
using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Models.Compiling;
using Tributary.Core.Models.Context;
using Tributary.Core.Models.Context.Functions;
using Tributary.Core.Models.Context.Sessions;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Models.Seeds;
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
    private StatementAnswer? main;

    /// <summary>How the node's fingerprint is made; asked once everything is built.</summary>
    public required Func<CompiledNode, string> Fingerprint { get; init; }

    public SeedTable? Seed { get; init; }

    /// <summary>Rows of the main statement, once it is committed.</summary>
    public async Task<Counts> RunAsync()
    {
        await workshop.EnsureSchemaAsync(run, node.Schema, cancel);
        var relations = run.Scope.Share(() => new RelationCache());
        return await TryAsync(relations, isAgain: false) ?? await TryAsync(relations, isAgain: true) ?? Counts.None;
    }

    /// <summary>Null when something stands, or stands no longer, that the run did not know of: it has been asked again.</summary>
    private async Task<Counts?> TryAsync(RelationCache relations, bool isAgain)
    {
        await using var connection = await run.Database.OpenAsync(cancel);
        var session = new WarehouseSession(new Lazy<NpgsqlConnection>(connection), workshop.Project.Settings.Target.Database, cancel, relations, Writer()) { Seed = Seed, Print = run.Print };
        try
        {
            var success = Build(session);
            if (success is not null) run.Successes.Committed(success);
            Tell();
            foreach (var sql in session.AfterCommit) session.RunOutside(sql);
            return new Counts(Rows: session.SeedRows ?? session.MainRows);
        }
        catch (PostgresException error) when (!isAgain && !session.HasCommitted && error.SqlState is PostgresErrorCodes.DuplicateTable or PostgresErrorCodes.WrongObjectType)
        {
            relations.Forget();
            return null;
        }
        catch (NpgsqlException error)
        {
            throw await workshop.ExplainAsync(error, node, compiled.Sql, session.LastStatement, cancel);
        }
    }

    /// <summary>Two runs of a project may overlap; in a plain dbt project that is the user's care, as with dbt.</summary>
    private WriterLock? Writer() =>
        run.HasControl ? new WriterLock(node.Relation, holder => ModelLog.Waits(run.Logger, node.Name, node.Relation.ToString(), holder)) : null;

    private SuccessRecord? Build(WarehouseSession session)
    {
        Compile(session);
        if (!run.HasControl)
        {
            Materialize(session);
            session.Commit();
            return null;
        }
        var probe = new NodeProbe(workshop, session, node);
        var reads = Seed is not null || IsView ? null : probe.OfQuery(compiled.Sql);
        Materialize(session);
        if (IsView) reads = probe.OfView(node.Relation, compiled.Sql);
        // An incremental model's SQL differs once its relation stands: what the next check will see is what counts.
        var standing = node.Config.Materialized == "incremental" ? workshop.Compiler.Compile(node, run with { Batch = null }, session, cancel) : compiled;
        return session.Commit(new Success(node.Id, Fingerprint(standing), null, reads?.ToJson()) { Relation = node.Relation }, run);
    }

    /// <summary>A view's own stored tree says what its query reads.</summary>
    private bool IsView => node.Config.Materialized == "view";

    private void Compile(WarehouseSession session)
    {
        compiled = workshop.Compiler.Compile(node, run, session, cancel);
        var trace = run.Traces.Of(node.Id);
        trace.CompiledAt = run.Clock.GetUtcNow();
        trace.CompiledCode = Seed is null ? compiled.Sql : null;
    }

    private void Materialize(WarehouseSession session)
    {
        var macro = workshop.Project.Macros.Materialization(node.Config.Materialized, node.Package)
            ?? throw new InvalidOperationException($"The materialization {node.Config.Materialized} was there at discovery.");
        var context = workshop.Compiler.Context(node, new CompileReferences(workshop.Project, node, run.Batch) { Session = session, Selected = run.Traces.Chosen }, run, session, cancel);
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
        finally
        {
            run.Traces.Of(node.Id).Sent(session.Sent);
        }
        main = context.Results.GetValueOrDefault("main") is JinjaDict result && result.TryGet("response", out var response) ? response as StatementAnswer : null;
    }

    /// <summary>What the server said of the main statement.</summary>
    private void Tell()
    {
        if (main is null) return;
        var trace = run.Traces.Of(node.Id);
        trace.Message = main.Message;
        trace.Response = main.Document;
    }
}
