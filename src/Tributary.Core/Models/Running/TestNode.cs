using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Models.Compiling;
using Tributary.Core.Models.Context;
using Tributary.Core.Models.Context.Functions;
using Tributary.Core.Models.Context.Tables;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Models.Parsing.Libraries;
using Tributary.Core.Postgres;
using Tributary.Core.Text;
using Tributary.Jinja;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Running;

/// <summary>
/// A query that must return no rows; those that it returns may be kept in a table or view. Only a pass is remembered: a test that
/// failed or warned on unchanged tables runs again, so that a build does not turn green by being repeated.
/// </summary>
[method: SetsRequiredMembers]
internal sealed partial class TestNode(ModelWorkshop workshop, ParsedNode parsed, IReadOnlyList<string> dependsOn) : WarehouseNode(workshop, parsed, dependsOn)
{
    public override IReadOnlyList<string> TestTypes => Parsed.Test is { } test ? ["generic", test.Name] : ["singular"];

    protected override bool IsRefreshable => false;

    private ModelSettings Settings => Workshop.Project.Settings;

    private bool StoresFailures => Parsed.Config.IsTrue("store_failures", Settings.StoreFailures);

    public override async Task<Outcome> RunAsync(RunContext context, CancellationToken cancel)
    {
        if (StoresFailures) await Workshop.EnsureSchemaAsync(context, Parsed.Schema, cancel);
        await using var connection = await context.Database.OpenAsync(cancel);
        var session = new WarehouseSession(new Lazy<NpgsqlConnection>(connection), Settings.Target.Database, cancel) { Print = context.Print };
        CompiledNode compiled = new("", "", false);
        try
        {
            await using var writer = StoresFailures
                ? await RelationLock.TakeAsync(connection, Parsed.Relation, holder => ModelLog.Waits(context.Logger, Name, Parsed.Relation.ToString(), holder), cancel)
                : null;
            // A test of which nothing is to be kept is one statement: no transaction costs it a round trip.
            await using var transaction = context.HasControl || StoresFailures ? await connection.BeginTransactionAsync(cancel) : null;
            compiled = Compile(context, session, cancel);
            Tell(context, compiled);
            var verdict = Judge(compiled, context, session, cancel);
            context.Traces.Of(Id).Sent(session.Sent);
            var success = verdict is Outcome.Succeeded && context.HasControl ? await KeepAsync(connection, session, compiled, context, cancel) : null;
            if (transaction is not null && (success is not null || StoresFailures)) await transaction.CommitAsync(cancel);
            if (success is not null) context.Successes.Committed(success);
            else await Success.MarkStaleAsync(context, Id, cancel);
            return verdict;
        }
        catch (PostgresException error)
        {
            cancel.ThrowIfCancellationRequested();
            var shown = await Workshop.Files.WriteAsync(Parsed, compiled.Sql, CancellationToken.None);
            throw DatabaseErrors.Of(error, Parsed, compiled.Sql, session.LastStatement, shown);
        }
        catch (NpgsqlException error)
        {
            cancel.ThrowIfCancellationRequested();
            throw DatabaseErrors.Lost(error, Parsed);
        }
    }

    /// <summary>Whether a pass leaves a relation behind is part of what the pass is.</summary>
    protected override void AddContent(Fingerprint fingerprint)
    {
        if (StoresFailures) fingerprint.Add("stores", "failures");
    }

    /// <summary>
    /// One of the engine's own tests on plain columns: it calls no function and reads what it refers to, so that PostgreSQL's parser
    /// need not be asked (six round trips a test).
    /// </summary>
    private bool IsPlain => Parsed.Test is { } test
        && Parsed.Config["where"] is null
        && Workshop.Project.Macros.Find($"test_{test.Name}", Parsed.Package) is { Package: EmbeddedMacros.Package }
        && test.Package is null
        && test.Arguments.All(argument => argument.Key is "model" or "values" || (argument.Value is string text && PlainArgument().IsMatch(text)));

    /// <summary>A column, or a reference that discovery has seen.</summary>
    [GeneratedRegex("""^(\w+|"[^"]+"|\s*(ref|source)\s*\([^()]*\)\s*)$""")]
    private static partial Regex PlainArgument();

    private Outcome Judge(CompiledNode compiled, RunContext run, WarehouseSession session, CancellationToken cancel)
    {
        var context = Workshop.Compiler.Context(Parsed, new CompileReferences(Workshop.Project, Parsed) { Session = session, Selected = run.Traces.Chosen }, run, session, cancel);
        context["sql"] = compiled.Sql;
        context["compiled_code"] = compiled.Sql;
        var macro = Workshop.Project.Macros.Materialization("test", Parsed.Package)
            ?? throw new InvalidOperationException("The engine has lost its materialization of tests.");
        try
        {
            context.Bind(macro).Call(new CallArguments(context.Templates));
        }
        catch (TemplateException error)
        {
            throw new UserErrorException([TemplateErrors.Of(error, Parsed.At)]);
        }
        var main = context.Results.GetValueOrDefault("main") as JinjaDict;
        var verdict = TestVerdict.Read(main is not null && main.TryGet("table", out var table) ? table as AgateTable : null, Parsed);
        var trace = run.Traces.Of(Id);
        if (main is not null && main.TryGet("response", out var response) && response is StatementAnswer answer) trace.Response = answer.Document;
        var outcome = verdict.Judge(Parsed, Settings.WarnError, StoresFailures);
        trace.Failures = outcome is Outcome.Succeeded ? 0 : verdict.Failures;
        return outcome;
    }

    private void Tell(RunContext context, CompiledNode compiled)
    {
        var trace = context.Traces.Of(Id);
        trace.CompiledAt = context.Clock.GetUtcNow();
        trace.CompiledCode = compiled.Sql;
    }

    private async Task<SuccessRecord> KeepAsync(NpgsqlConnection connection, WarehouseSession session, CompiledNode compiled, RunContext context, CancellationToken cancel)
    {
        var reads = IsPlain ? NodeReads.Nothing : await NodeReads.AskAsync(connection, compiled.Sql, Workshop.Upstream.Relations(Parsed), cancel);
        var stored = StoresFailures ? session.PublishedOid ?? await OidAsync(connection, cancel) : null;
        return await new Success(Id, Fingerprint(compiled, context, out _), stored, reads.ToJson()).WriteAsync(connection, context, cancel);
    }

    private async Task<uint?> OidAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select to_regclass($1)::oid", connection);
        command.Parameters.Add(new() { Value = Parsed.Relation.Sql });
        return await command.ExecuteScalarAsync(cancel) as uint?;
    }
}
