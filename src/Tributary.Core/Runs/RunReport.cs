using Tributary.Core.Graph;

namespace Tributary.Core.Runs;

/// <summary>How a run ended: every step with its outcome, in the order in which they ended.</summary>
public sealed record RunReport(string RunId, IReadOnlyList<StepReport> Steps, bool Interrupted, TimeSpan Elapsed)
{
    public IEnumerable<StepReport> Failed => Steps.Where(step => step.Outcome is Outcome.Failed);

    /// <summary>0 done; 1 a step failed; 3 all that failed could not reach an outside system; 130 interrupted.</summary>
    public int ExitStatus =>
        Interrupted ? 130
        : !Failed.Any() ? 0
        : Failed.All(step => step.Outcome is Outcome.Failed { Transient: true }) ? 3
        : 1;
}
