using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Models.Compiling;
using Tributary.Core.Models.Context;
using Tributary.Core.Models.Context.Functions;
using Tributary.Core.Models.Context.Sessions;
using Tributary.Core.Models.Context.Tables;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Models.Parsing.Libraries;
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
        var relations = context.Scope.Share(() => new RelationCache());
        var session = new WarehouseSession(new Lazy<NpgsqlConnection>(connection), Settings.Target.Database, cancel, relations, Writer(context)) { Print = context.Print };
        if (!context.HasControl && !StoresFailures) session.CommitEachStatement(); // a query by itself needs no BEGIN
        CompiledNode compiled = new("", "", false);
        try
        {
            compiled = Compile(context, session, cancel);
            Tell(context, compiled);
            var reads = !context.HasControl ? null : IsPlain ? NodeReads.Nothing : new NodeProbe(Workshop, session, Parsed).OfQuery(compiled.Sql);
            var verdict = Judge(compiled, context, session, cancel);
            context.Traces.Of(Id).Sent(session.Sent);
            if (reads is not null && verdict is Outcome.Succeeded) context.Successes.Committed(session.Commit(Kept(compiled, reads, context), context));
            else if (StoresFailures) session.Commit();
            if (verdict is not Outcome.Succeeded) await Success.MarkStaleAsync(context, Id, cancel);
            return verdict;
        }
        catch (NpgsqlException error)
        {
            throw await Workshop.ExplainAsync(error, Parsed, compiled.Sql, session.LastStatement, cancel);
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
        trace.Message = verdict.Message(Parsed, outcome);
        trace.Failures = outcome is Outcome.Succeeded ? 0 : verdict.Failures;
        return outcome;
    }

    private void Tell(RunContext context, CompiledNode compiled)
    {
        var trace = context.Traces.Of(Id);
        trace.CompiledAt = context.Clock.GetUtcNow();
        trace.CompiledCode = compiled.Sql;
    }

    private WriterLock? Writer(RunContext context) => StoresFailures && context.HasControl
        ? new WriterLock(Parsed.Relation, holder => ModelLog.Waits(context.Logger, Name, Parsed.Relation.ToString(), holder))
        : null;

    private Success Kept(CompiledNode compiled, NodeReads reads, RunContext context) =>
        new(Id, Fingerprint(compiled, context, out _), null, reads.ToJson()) { Relation = StoresFailures ? Parsed.Relation : null };
}
