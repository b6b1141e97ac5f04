using Tributary.Core.Graph;
using Tributary.Core.Runs;
using Tributary.Core.Text;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Runs;

public sealed class LedgerTests
{
    private static readonly RunRequest Request = new("build", new Dictionary<string, string> { ["select"] = "a" }, "0.1.0");

    [Fact]
    [Requirement("X1")]
    public async Task Keeps_a_run_with_its_steps_and_how_each_ended()
    {
        await using var warehouse = await TestDatabase.CreateAsync();
        var context = await TestRun.ContextAsync(warehouse);
        await using var ledger = await Ledger.StartAsync(context, Request, TestContext.Current.CancellationToken);
        var graph = NodeGraph.Build(
        [
            new ScriptedNode("ok", new Outcome.Succeeded(new Counts(Rows: 3))), new ScriptedNode("bad", new Outcome.Failed(new UserError(ErrorCodes.DatabaseRefused, null, "no"))),
            new ScriptedNode("behind", new Outcome.Succeeded(Counts.None), "bad"),
        ]);

        var report = await new Runner(context, ledger, new Progress<RunEvent>()).RunAsync(
            Plan.Of(graph, graph.Nodes.Select(node => node.Id).ToHashSet(), waitForTests: true), 2, TestContext.Current.CancellationToken);
        await ledger.FinishAsync(report);

        Assert.Equal(1, report.ExitStatus);
        Assert.Equal(
            ["model.p.bad|failed|TRB0304: no|{}", "model.p.behind|skipped|bad did not succeed|{}", "model.p.ok|succeeded|∅|{\"rows\": 3}"],
            await warehouse.LinesAsync("select node, outcome, because, counts::text from tributary.step order by node"));
        Assert.Equal(["failed|bad|{\"select\": \"a\"}"], await warehouse.LinesAsync("select status, message, arguments::text from tributary.run"));
    }

    [Fact]
    public async Task Calls_a_run_abandoned_whose_process_is_gone_and_no_other()
    {
        await using var warehouse = await TestDatabase.CreateAsync();
        await warehouse.ExecuteAsync(
            "insert into tributary.run (run_id, project, target, verb, as_of, program_version, host, process_id, os_user, started_at) select id, 'test', 'dev', 'build', now(), '0', 'h', 1, 'u', now() from unnest(array['dead', 'tests']) id");
        await using var living = new Npgsql.NpgsqlConnection(new Npgsql.NpgsqlConnectionStringBuilder(warehouse.Address.ConnectionString) { ApplicationName = "tributary tests" }.ConnectionString);
        await living.OpenAsync(TestContext.Current.CancellationToken);

        await using var ledger = await Ledger.StartAsync(await TestRun.ContextAsync(warehouse), Request, TestContext.Current.CancellationToken);

        Assert.Equal(["dead|abandoned", "tests|running"], await warehouse.LinesAsync("select run_id, status from tributary.run where run_id in ('dead', 'tests') order by 1"));
    }
}
