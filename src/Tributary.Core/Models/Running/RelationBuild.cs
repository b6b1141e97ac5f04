using System.Runtime.ExceptionServices;
using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Models.Changes;
using Tributary.Core.Models.Compiling;
using Tributary.Core.Models.Context;
using Tributary.Core.Models.Context.Functions;
using Tributary.Core.Models.Context.Sessions;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Models.Periods;
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
    private Following following = Following.AsRecorded;
    private CompiledNode compiled = new("", "", false);
    private StatementAnswer? main;

    /// <summary>How the node's fingerprint is made; asked once everything is built.</summary>
    public required Func<CompiledNode, string> Fingerprint { get; init; }

    /// <summary>What makes the rows of a node that reads changes: when it is another one, all of them are made anew.</summary>
    public Func<CompiledNode, string> Definition { get; init; } = static _ => "";

    public SeedTable? Seed { get; init; }

    /// <summary>The one period that is published; null when the relation is no table of periods.</summary>
    public PeriodTarget? Target { get; init; }

    /// <summary>Rows of the main statement, once it is committed.</summary>
    public async Task<Counts> RunAsync()
    {
        await workshop.EnsureSchemaAsync(run, node.Schema, cancel);
        await workshop.Indexes.EnsureAsync(run.Database, ChangeReading.Of(workshop.Project, node, null)?.Sources ?? [], cancel);
        var relations = run.Scope.Share(() => new RelationCache());
        return await TryAsync(relations, isAgain: false) ?? await TryAsync(relations, isAgain: true) ?? Counts.None;
    }

    /// <summary>Null when something stands, or stands no longer, that the run did not know of: it has been asked again.</summary>
    private async Task<Counts?> TryAsync(RelationCache relations, bool isAgain)
    {
        var sessions = run.Scope.Share(() => new NodeSessions());
        var connection = sessions.Take(run.Database);
        var isAsNew = false;
        var session = new WarehouseSession(new Lazy<NpgsqlConnection>(connection), workshop.Project.Settings.Target.Database, cancel, relations, Writer()) { Seed = Seed, Print = run.Print };
        try
        {
            var success = Build(session);
            if (success is not null) run.Successes.Committed(success);
            Tell();
            foreach (var sql in session.AfterCommit) session.RunOutside(sql);
            isAsNew = session.IsAsNew;
            return new Counts(Rows: session.SeedRows ?? session.MainRows);
        }
        catch (AnewException) when (!isAgain)
        {
            following = Following.Anew;
            return null;
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
        finally
        {
            if (isAsNew) sessions.GiveBack(connection);
            else await connection.DisposeAsync();
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
        var loads = compiled.Reading?.Now(run.Successes); // what comes from here on will be seen again next time
        if (compiled.IsLater && IsUntouched(session)) return session.Commit(SuccessOf(compiled, run.Successes.Find(node.Id)?.Reads, loads) with { IsSame = true }, run);
        var probe = new NodeProbe(workshop, session, node);
        var reads = Seed is not null || IsView ? null : probe.OfQuery(compiled.Sql);
        Materialize(session);
        if (IsView) reads = probe.OfView(node.Relation, compiled.Sql);
        // An incremental model's SQL differs once its relation stands: what the next check will see is what counts.
        var standing = node.Config.Materialized == "incremental" ? workshop.Compiler.Compile(node, run with { Batch = null }, session, cancel, following: Following.Later) : compiled;
        return session.Commit(SuccessOf(standing, reads?.ToJson(), loads) with { IsSame = Target is { IsNew: false } }, run);
    }

    private Success SuccessOf(CompiledNode standing, string? reads, IReadOnlyDictionary<string, long>? loads) => new(node.Id, Fingerprint(standing), null, reads)
    {
        Relation = node.Relation,
        Cursor = loads is null || node.Config.Materialized != "incremental" ? null : new ChangeCursor(Definition(standing), loads),
    };

    /// <summary>None of the keys that were touched makes a row now, nor has one: most changes of a stream do not concern most of its models.</summary>
    private bool IsUntouched(WarehouseSession session)
    {
        if (node.Config["pre_hook"] is IReadOnlyList<object?> { Count: > 0 }) return false; // its query may need what they make
        var held = $"select from {node.Relation.Sql} where {ChangeRules.KeyOf(node.Config)} in ({compiled.Reading?.Keys})";
        return session.Rows($"select exists (select from (\n{compiled.Sql}\n) as found) or exists ({held})") is [[false]];
    }

    /// <summary>A view's own stored tree says what its query reads.</summary>
    private bool IsView => node.Config.Materialized == "view";

    private void Compile(WarehouseSession session)
    {
        compiled = workshop.Compiler.Compile(node, run, session, cancel, following: following);
        if (compiled.IsLater && node.Config["full_refresh"] is not false && run.Successes.Find(node.Id)?.Cursor?.Definition != Definition(compiled))
            compiled = workshop.Compiler.Compile(node, run, session, cancel, following: Following.Anew);
        var trace = run.Traces.Of(node.Id);
        trace.CompiledAt = run.Clock.GetUtcNow();
        trace.CompiledCode = Seed is null ? compiled.Sql : null;
    }

    private void Materialize(WarehouseSession session)
    {
        var macro = workshop.Project.Macros.Materialization(node.Config.Materialized, node.Package)
            ?? throw new InvalidOperationException($"The materialization {node.Config.Materialized} was there at discovery.");
        var context = workshop.Compiler.Context(node, new CompileReferences(workshop.Project, node, run.Batch) { Session = session, Selected = run.Traces.Chosen, Reading = compiled.Reading }, run, session, cancel, compiled.Reading);
        context["sql"] = compiled.Sql;
        context["compiled_code"] = compiled.Sql;
        context.CompiledSql = compiled.Sql;
        if (compiled.Reading is { } reading)
        {
            context["changes_key"] = ChangeRules.KeyOf(node.Config);
            context["changed_keys"] = reading.Keys;
            context["begin_anew"] = new Function("begin_anew", "", _ => throw new AnewException());
        }
        Target?.Prepare(context, session, run, node.Id);
        if (Seed is not null) context["seed"] = Seed.Columns.ToList<object?>();
        try
        {
            context.Bind(macro).Call(new CallArguments(context.Templates));
        }
        catch (TemplateException error)
        {
            if (error.InnerException is PostgresException or AnewException) ExceptionDispatchInfo.Throw(error.InnerException);
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
