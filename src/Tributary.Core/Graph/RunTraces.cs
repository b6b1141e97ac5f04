using System.Collections.Concurrent;

namespace Tributary.Core.Graph;

/// <summary>The traces of a run's nodes by id.</summary>
public sealed class RunTraces
{
    private readonly ConcurrentDictionary<string, NodeTrace> traces = new(StringComparer.Ordinal);

    /// <summary>Ids of the nodes that this run was asked for.</summary>
    public IReadOnlyList<string> Chosen { get; set; } = [];

    public NodeTrace Of(string nodeId) => traces.GetOrAdd(nodeId, static _ => new NodeTrace());

    /// <summary>Null when the node never started.</summary>
    public NodeTrace? Find(string nodeId) => traces.GetValueOrDefault(nodeId);
}
