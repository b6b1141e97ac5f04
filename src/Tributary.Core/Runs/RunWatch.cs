using Microsoft.Extensions.Logging;
using Tributary.Core.Graph;

namespace Tributary.Core.Runs;

/// <summary>Who watches a run and with which clock.</summary>
public sealed record RunWatch(TimeProvider Clock, ILogger Logger, IProgress<RunEvent> Events, IProgress<NodeProgress> Progress)
{
    /// <summary>Takes the lines that templates print.</summary>
    public Action<string> Print { get; init; } = static _ => { };

    /// <summary>A connection that was begun before; null: none.</summary>
    public EarlyWarehouse? Early { get; init; }

    /// <summary>Takes the lines that templates log for everyone.</summary>
    public Action<string> Say { get; init; } = static _ => { };
}
