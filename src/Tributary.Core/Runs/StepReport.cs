using Tributary.Core.Graph;

namespace Tributary.Core.Runs;

/// <summary>One step of a run and how it ended.</summary>
public sealed record StepReport(Node Node, Outcome Outcome, DateTimeOffset StartedAt, DateTimeOffset FinishedAt)
{
    /// <summary>The step in dbt's words.</summary>
    public NodeResult ToResult(RunContext context) => new(Node, Outcome, StartedAt, FinishedAt, context.Traces.Of(Node.Id));
}
