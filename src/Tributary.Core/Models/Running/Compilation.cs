using System.Collections.Concurrent;
using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Running;

/// <summary>Compiles many nodes side by side; nothing is built. A node that cannot be compiled has failed, the others go on.</summary>
internal sealed class Compilation(ModelWorkshop workshop, RunContext context, int threads)
{
    /// <summary>In the order of the nodes.</summary>
    public async Task<IReadOnlyList<NodeResult>> RunAsync(IReadOnlyList<WarehouseNode> nodes, CancellationToken cancel)
    {
        var results = new ConcurrentDictionary<string, NodeResult>(StringComparer.Ordinal);
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel };
        await Parallel.ForEachAsync(nodes, options, async (node, stop) => results[node.Id] = await CompileAsync(node, stop));
        return [.. nodes.Select(node => results[node.Id])];
    }

    private async Task<NodeResult> CompileAsync(WarehouseNode node, CancellationToken cancel)
    {
        var trace = context.Traces.Of(node.Id);
        var startedAt = context.Clock.GetUtcNow();
        Outcome outcome = new Outcome.Succeeded(Counts.None);
        try
        {
            await using var reading = workshop.Reading(context, cancel);
            trace.CompiledCode = workshop.Compiler.Compile(node.Parsed, context, reading.Session, cancel).Sql;
        }
        catch (UserErrorException wrong)
        {
            outcome = new Outcome.Failed(wrong.Errors[0], Cause: wrong);
        }
        trace.CompiledAt = context.Clock.GetUtcNow();
        return new NodeResult(node, outcome, startedAt, context.Clock.GetUtcNow(), trace);
    }
}
