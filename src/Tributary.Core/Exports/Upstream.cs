using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Exports;

/// <summary>
/// What an export is made from: its relations, all that they are built from down to the loads, and the tests of nothing else. When one of
/// them failed, what would leave is old or known to be wrong.
/// </summary>
internal static class Upstream
{
    private const int MostNamed = 5;

    public static IReadOnlyList<Node> Of(NodeGraph graph, IReadOnlyList<ExportRelation> relations)
    {
        var ids = new HashSet<string>();
        foreach (var relation in relations.Where(relation => graph.Contains(relation.NodeId)))
        {
            ids.Add(relation.NodeId);
            ids.UnionWith(graph.Ancestors(relation.NodeId));
        }
        return [.. graph.Nodes.Where(node => ids.Contains(node.Id) || (node.Kind == NodeKind.Test && graph.Parents(node.Id) is { Count: > 0 } tested && tested.All(ids.Contains)))];
    }

    /// <summary>
    /// Throws TRB0604 when one of them failed when it last ran, or is the result of before its last build failed. What belongs to this run is
    /// left out: the Runner has seen it end.
    /// </summary>
    public static async Task RequireAsync(NpgsqlConnection connection, ExportPlan plan, RunContext context, CancellationToken cancel)
    {
        var now = context.Traces.Chosen.ToHashSet();
        var nodes = plan.Upstream.Value.Where(node => !now.Contains(node.Id)).ToList();
        var failed = await ReadFailedAsync(connection, context.Key, nodes, cancel);
        var words = nodes.Where(node => failed.Contains(node.Id)).Select(node => $"{node.Kind.ToString().ToLowerInvariant()} {node.Name} ({node.At})")
            .Concat(plan.Relations.Where(relation => !now.Contains(relation.NodeId) && !failed.Contains(relation.NodeId) && context.Successes.Find(relation.NodeId)?.IsStale == true).Select(relation => $"model {relation.Name}"))
            .ToList();
        if (words.Count == 0) return;
        var more = words.Count > MostNamed ? $" and {words.Count - MostNamed} more" : "";
        throw new UserErrorException(ErrorCodes.UpstreamFailed, plan.Export.At,
            $"Export '{plan.Export.Name}' was not delivered, for what it is made from failed when it last ran: {string.Join(", ", words.Take(MostNamed))}{more}.",
            "Mend that and build it, then export again. What was delivered before still stands.");
    }

    private static async Task<HashSet<string>> ReadFailedAsync(NpgsqlConnection connection, ProjectKey key, List<Node> nodes, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Sql.Read("Exports/read_failed.sql"), connection);
        command.Parameters.Add(new() { Value = key.Project });
        command.Parameters.Add(new() { Value = key.Target });
        command.Parameters.Add(new() { Value = nodes.Select(node => node.Id).ToArray() });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var failed = new HashSet<string>();
        while (await rows.ReadAsync(cancel)) failed.Add(rows.GetString(0));
        return failed;
    }
}
