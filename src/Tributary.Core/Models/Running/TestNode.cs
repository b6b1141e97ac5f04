using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Models.Compiling;
using Tributary.Core.Models.Context;
using Tributary.Core.Models.Context.Tables;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Models.Parsing.Libraries;
using Tributary.Core.Text;
using Tributary.Jinja;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Running;

/// <summary>
/// A query that must return no rows. Only a pass is kept: a test that failed or warned on unchanged tables runs again, so that a
/// build does not turn green by being repeated.
/// </summary>
[method: SetsRequiredMembers]
internal sealed partial class TestNode(ModelWorkshop workshop, ParsedNode parsed, IReadOnlyList<string> dependsOn) : WarehouseNode(workshop, parsed, dependsOn)
{
    public override IReadOnlyList<string> TestTypes => Parsed.Test is { } test ? ["generic", test.Name] : ["singular"];

    protected override bool IsRefreshable => false;

    public override async Task<Outcome> RunAsync(RunContext context, CancellationToken cancel)
    {
        await using var connection = await context.Database.OpenAsync(cancel);
        var session = new WarehouseSession(new Lazy<NpgsqlConnection>(connection), Workshop.Project.Settings.Target.Database, cancel);
        CompiledNode compiled = new("", "", false);
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            compiled = Workshop.Compiler.Compile(Parsed, context, session, cancel);
            var verdict = Judge(compiled, context, session, cancel);
            if (verdict is Outcome.Succeeded) await KeepAsync(connection, transaction, compiled, context, cancel);
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
        var context = Workshop.Compiler.Context(Parsed, new CompileReferences(Workshop.Project, Parsed), run, session, cancel);
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
        if (context.Results.GetValueOrDefault("main") is not JinjaDict result || !result.TryGet("table", out var given) || given is not AgateTable { Rows.All: [var row] })
            throw new UserErrorException(ErrorCodes.TestFailed, Parsed.At, "the materialization of tests returned no row", "It must run a statement 'main' that selects failures, should_warn and should_error.");
        return Verdict(row);
    }

    private Outcome Verdict(AgateRow row)
    {
        var failures = Convert.ToInt64(row.Cells[0] ?? 0L, CultureInfo.InvariantCulture);
        var counts = new Counts(Rows: failures);
        var config = Parsed.Config;
        var isError = string.Equals(config.Text("severity"), "error", StringComparison.OrdinalIgnoreCase);
        if (isError && row.Cells[2] is true) return new Outcome.Failed(Found(failures, config.Text("error_if")));
        return row.Cells[1] is true ? new Outcome.Warned(Found(failures, config.Text("warn_if")), counts) : new Outcome.Succeeded(counts);
    }

    private UserError Found(long failures, string? limit) => new(
        ErrorCodes.TestFailed, Parsed.At,
        string.Create(CultureInfo.InvariantCulture, $"the test {Parsed.Name} found {failures} {(failures == 1 ? "row" : "rows")}; it allows none that are {limit ?? "!= 0"}"),
        $"See them with: tributary show --select {Parsed.Name}");

    private async Task KeepAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CompiledNode compiled, RunContext context, CancellationToken cancel)
    {
        var reads = IsPlain || !context.HasControl ? NodeReads.Nothing : await NodeReads.AskAsync(connection, compiled.Sql, Workshop.Upstream.Relations(Parsed), cancel);
        var success = await new Success(Id, Fingerprint(compiled, context, out _), null, reads.ToJson()).WriteAsync(connection, context, cancel);
        await transaction.CommitAsync(cancel);
        context.Successes.Committed(success);
    }
}
