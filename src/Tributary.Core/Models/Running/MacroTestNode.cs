using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Models.Context;
using Tributary.Core.Models.MacroTests;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Models.UnitTests.Comparing;
using Tributary.Core.Text;
using Tributary.Jinja;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Running;

/// <summary>Calls a macro and compares what it writes, returns or refuses. The warehouse is asked only by the macro, or when rows are expected.</summary>
[method: SetsRequiredMembers]
internal sealed partial class MacroTestNode(ModelWorkshop workshop, ParsedNode parsed, IReadOnlyList<string> dependsOn) : WarehouseNode(workshop, parsed, dependsOn)
{
    private const int LongestShown = 2000;

    private readonly MacroTest test = parsed.MacroTest ?? throw new ArgumentException("Not a macro test.", nameof(parsed));

    public override IReadOnlyList<string> TestTypes => ["macro"];

    protected override bool IsRefreshable => false;

    /// <summary>It costs less than to find out whether it would end as it did.</summary>
    public override Task<Freshness> CheckAsync(RunContext context, CancellationToken cancel) => Task.FromResult(Freshness.Stale("macro tests always run"));

    public override async Task<Outcome> RunAsync(RunContext context, CancellationToken cancel)
    {
        await using var reading = Workshop.Reading(context, cancel);
        try
        {
            var wrong = await FaultAsync(context, reading.Session, cancel);
            context.Traces.Of(Id).Failures = wrong is null ? 0 : 1;
            return wrong is null ? new Outcome.Succeeded(Counts.None) : new Outcome.Failed(new UserError(ErrorCodes.TestFailed, Parsed.At, $"the macro test {Name} of {test.Declaration.Macro} {wrong}"), Counts: new Counts(Rows: 1));
        }
        catch (PostgresException error)
        {
            cancel.ThrowIfCancellationRequested();
            throw DatabaseErrors.Of(error, Parsed, "", reading.Session.LastStatement, Parsed.At.File);
        }
        catch (NpgsqlException error)
        {
            cancel.ThrowIfCancellationRequested();
            throw DatabaseErrors.Lost(error, Parsed);
        }
    }

    /// <summary>What is not as it was expected; null when all is well.</summary>
    private async Task<string?> FaultAsync(RunContext run, WarehouseSession session, CancellationToken cancel)
    {
        var references = new FixtureReferences(Workshop.Project, Parsed.Package, test.Inputs);
        var context = Context(references, run, session, cancel);
        object? answer;
        try
        {
            answer = Call(context);
        }
        catch (TemplateException error) when (error.InnerException is not NpgsqlException)
        {
            return Refused(TemplateErrors.Of(error, Parsed.At));
        }
        catch (TemplateException error)
        {
            throw error.InnerException!; // it is not null: see above
        }
        return test.Declaration.Expect switch
        {
            MacroExpectation.Error wanted => $"was to refuse with '{wanted.Words}', and wrote\n{Shown(context.Templates.TextOf(answer))}",
            MacroExpectation.Value wanted => Same(wanted.Wanted, answer) ? null : $"was to give {PythonText.Repr(wanted.Wanted)}, and gave {PythonText.Repr(PlainObject.From(answer))}",
            MacroExpectation.Text wanted => Compare(wanted, context.Templates.TextOf(answer)),
            _ => await RowsAsync(context.Templates.TextOf(answer), references, context, session, cancel),
        };
    }

    private NodeContext Context(ICollector references, RunContext run, WarehouseSession session, CancellationToken cancel)
    {
        var overrides = test.Declaration.Overrides;
        var names = OperationContext.Names(Workshop, test.MacroName, Parsed.Package, Parsed.At, overrides.Over(Workshop.Project.Settings));
        var context = new NodeContext(names, references, execute: true) { Run = run, Session = session, Cancel = cancel };
        overrides.Apply(context);
        return context;
    }

    private object? Call(NodeContext context)
    {
        var macro = Workshop.Project.Macros.FindIn(test.MacroPackage, test.MacroName) ?? throw new InvalidOperationException($"The macro {test.MacroName} was there at discovery.");
        object?[] positional = [.. test.Declaration.Positional.Select(value => Argument(value, context))];
        KeyValuePair<string, object?>[] named = [.. test.Declaration.Named.Select(pair => KeyValuePair.Create(pair.Key, Argument(pair.Value, context)))];
        return context.Bind(macro).Call(new CallArguments(context.Templates, positional, named));
    }

    /// <summary>Text with a template in it is rendered; one that is nothing but an expression is its value.</summary>
    private object? Argument(object? value, NodeContext context) => value is string text && text.Contains("{{", StringComparison.Ordinal)
        ? Template.Parse(text, Parsed.At.File).Evaluate(context.Templates)
        : PlainObject.ToTemplate(value);

    private string? Refused(UserError error) => test.Declaration.Expect switch
    {
        MacroExpectation.Error wanted when error.Message.Contains(wanted.Words, StringComparison.OrdinalIgnoreCase) => null,
        MacroExpectation.Error wanted => $"was to refuse with '{wanted.Words}', and refused with: {error.Message}",
        _ => $"was refused: {error}",
    };

    private static string? Compare(MacroExpectation.Text wanted, string actual)
    {
        var (left, right) = wanted.IsExact ? (wanted.Wanted, actual) : (Blanks().Replace(wanted.Wanted, " ").Trim(), Blanks().Replace(actual, " ").Trim());
        return left == right ? null : $"wrote another text than it was to\nexpected  | {Shown(left)}\nactual    | {Shown(right)}";
    }

    private static bool Same(object? wanted, object? answer) => PlainObject.ToJson(wanted) == PlainObject.ToJson(PlainObject.From(answer));

    private async Task<string?> RowsAsync(string sql, FixtureReferences references, NodeContext context, WarehouseSession session, CancellationToken cancel)
    {
        var templates = new NodeTemplates(Workshop.Project, Workshop.Compiler, context.Run!, session, cancel); // a run is under way
        var compiled = new FixtureCompiler(templates, test.Inputs).Compile(sql.Trim().TrimEnd(';'), references, test.Expected!, $"what {test.Declaration.Macro} writes", context); // rows are expected
        var differences = await FixtureComparison.RunAsync(session.Connection, compiled, cancel);
        return differences.Any ? $"got other rows than it expects\n{differences}" : null;
    }

    private static string Shown(string text) => text.Length > LongestShown ? text[..LongestShown] + "…" : text;

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
