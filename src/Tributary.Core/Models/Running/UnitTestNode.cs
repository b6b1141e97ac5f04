using Tributary.Core.Models.UnitTests.Comparing;
using System.Diagnostics.CodeAnalysis;
using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Models.Compiling;
using Tributary.Core.Models.Context;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Models.UnitTests;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Running;

/// <summary>
/// A unit test: the model's SQL over the rows that the test gives must return the rows that it expects. It comes before the model, and
/// what it read is its own SQL alone, so that new data never makes it due again.
/// </summary>
[method: SetsRequiredMembers]
internal sealed class UnitTestNode(ModelWorkshop workshop, ParsedNode parsed, IReadOnlyList<string> dependsOn) : WarehouseNode(workshop, parsed, dependsOn)
{
    public override IReadOnlyList<string> TestTypes => ["unit"];

    public override string? Precedes => DependsOn[0];

    protected override bool IsRefreshable => false;

    public override async Task<Outcome> RunAsync(RunContext context, CancellationToken cancel)
    {
        await using var connection = await context.Database.OpenAsync(cancel);
        var session = new WarehouseSession(new Lazy<NpgsqlConnection>(connection), Workshop.Project.Settings.Target.Database, cancel) { Print = context.Print };
        CompiledUnitTest? compiled = null;
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            compiled = CompileTest(context, session, cancel);
            Tell(context, compiled);
            var differences = await FixtureComparison.RunAsync(connection, compiled, cancel);
            if (!differences.Any)
            {
                var success = await SucceedAsync(connection, compiled, context, cancel);
                await transaction.CommitAsync(cancel);
                context.Successes.Committed(success);
                context.Traces.Of(Id).Failures = 0;
                return new Outcome.Succeeded(Counts.None);
            }
            await transaction.RollbackAsync(cancel);
            await Success.MarkStaleAsync(context, Id, cancel);
            return new Outcome.Failed(Differ(differences), Counts: new Counts(Rows: 1));
        }
        catch (PostgresException error)
        {
            cancel.ThrowIfCancellationRequested();
            throw await RefusedAsync(error, compiled, session);
        }
        catch (NpgsqlException error)
        {
            cancel.ThrowIfCancellationRequested();
            throw DatabaseErrors.Lost(error, Parsed);
        }
    }

    protected override CompiledNode Compile(RunContext context, WarehouseSession session, CancellationToken cancel)
    {
        var statement = CompileTest(context, session, cancel).Statement;
        return new CompiledNode(statement, statement, false);
    }

    /// <summary>What is upstream counts by its columns, which stand in the SQL.</summary>
    protected override string? AddUpstream(Fingerprint fingerprint, RunContext context) => null;

    private void Tell(RunContext context, CompiledUnitTest compiled)
    {
        var trace = context.Traces.Of(Id);
        trace.CompiledAt = context.Clock.GetUtcNow();
        trace.CompiledCode = compiled.ModelSql;
    }

    private CompiledUnitTest CompileTest(RunContext context, WarehouseSession session, CancellationToken cancel) =>
        new UnitTestCompiler(new NodeTemplates(Workshop.Project, Workshop.Compiler, context, session, cancel), Parsed).Compile();

    private async Task<SuccessRecord> SucceedAsync(NpgsqlConnection connection, CompiledUnitTest compiled, RunContext context, CancellationToken cancel)
    {
        var reads = context.HasControl ? await NodeReads.AskAsync(connection, compiled.ModelSql, Workshop.Upstream.Relations(Parsed), cancel) : NodeReads.Nothing;
        var statement = compiled.Statement;
        return await new Success(Id, Fingerprint(new CompiledNode(statement, statement, false), context, out _), null, reads.ToJson()).WriteAsync(connection, context, cancel);
    }

    private UserError Differ(RowDifferences differences) =>
        new(ErrorCodes.TestFailed, Parsed.At, $"the unit test {Parsed.Name} of {Parsed.UnitTest?.Declaration.Model} got other rows than it expects\n{differences}");

    private async Task<Exception> RefusedAsync(PostgresException error, CompiledUnitTest? compiled, WarehouseSession session)
    {
        var sql = compiled?.Statement ?? session.LastStatement;
        var shown = await Workshop.Files.WriteAsync(Parsed, sql, CancellationToken.None);
        var model = Workshop.Project.Find(DependsOn[0]) ?? Parsed;
        return DatabaseErrors.Of(error, model with { At = Parsed.At }, sql, compiled is null ? session.LastStatement : sql, shown);
    }
}
