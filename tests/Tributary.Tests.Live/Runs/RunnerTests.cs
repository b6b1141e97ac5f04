using Tributary.Core.Graph;
using Tributary.Core.Runs;
using Tributary.Core.Text;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Runs;

public sealed class RunnerTests
{
    private static async Task<RunReport> RunAsync(int threads, CancellationToken cancel, params Node[] nodes)
    {
        await using var warehouse = await TestDatabase.CreateAsync();
        var context = await TestRun.ContextAsync(warehouse);
        await using var ledger = await Ledger.StartAsync(context, new RunRequest("build", new Dictionary<string, string>(), "0"), CancellationToken.None);
        var graph = NodeGraph.Build(nodes);
        return await new Runner(context, ledger, new Progress<RunEvent>()).RunAsync(Plan.Of(graph, graph.Nodes.Select(node => node.Id).ToHashSet(), waitForTests: false), threads, cancel);
    }

    [Fact]
    public async Task Runs_what_is_independent_at_the_same_time()
    {
        var first = new TaskCompletionSource();
        var second = new TaskCompletionSource();

        // Each waits for the other to have started: run one after the other, they would wait for ever.
        var report = await RunAsync(2, TestContext.Current.CancellationToken,
            new ScriptedNode("a", async (_, cancel) => { first.SetResult(); await second.Task.WaitAsync(cancel); return new Outcome.Succeeded(Counts.None); }),
            new ScriptedNode("b", async (_, cancel) => { second.SetResult(); await first.Task.WaitAsync(cancel); return new Outcome.Succeeded(Counts.None); }));

        Assert.All(report.Steps, step => Assert.IsType<Outcome.Succeeded>(step.Outcome));
    }

    [Fact]
    public async Task Tries_again_what_is_transient()
    {
        var report = await RunAsync(1, TestContext.Current.CancellationToken,
            new ScriptedNode("shaky", (attempt, _) => attempt == 1 ? throw new TransientException("the line dropped") : Task.FromResult<Outcome>(new Outcome.Succeeded(new Counts(Rows: attempt)))));

        Assert.Equal(2, Assert.IsType<Outcome.Succeeded>(report.Steps.Single().Outcome).Counts.Rows);
    }

    [Fact]
    public async Task An_exception_of_ours_fails_its_node_as_a_defect_and_nothing_else()
    {
        var report = await RunAsync(1, TestContext.Current.CancellationToken,
            new ScriptedNode("broken", (_, _) => throw new InvalidOperationException("oops")),
            new ScriptedNode("fine", new Outcome.Succeeded(Counts.None)));

        Assert.Equal(ErrorCodes.Defect, Assert.IsType<Outcome.Failed>(report.Steps.Single(step => step.Node.Name == "broken").Outcome).Error.Code);
        Assert.IsType<Outcome.Succeeded>(report.Steps.Single(step => step.Node.Name == "fine").Outcome);
    }

    [Fact]
    public async Task An_interrupt_ends_what_runs_and_starts_nothing_more()
    {
        using var interrupt = new CancellationTokenSource();

        var report = await RunAsync(1, interrupt.Token,
            new ScriptedNode("running", async (_, cancel) => { await interrupt.CancelAsync(); await Task.Delay(Timeout.Infinite, cancel); return new Outcome.Succeeded(Counts.None); }),
            new ScriptedNode("later", new Outcome.Succeeded(Counts.None), "running"));

        Assert.Equal(130, report.ExitStatus);
        Assert.All(report.Steps, step => Assert.IsType<Outcome.Skipped>(step.Outcome));
    }
}
