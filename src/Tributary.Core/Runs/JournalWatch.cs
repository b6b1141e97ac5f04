using Tributary.Core.Graph;
using Tributary.Core.Models.Artifacts;

namespace Tributary.Core.Runs;

/// <summary>Tells the run's artifacts which nodes are done, on the way to whoever watches.</summary>
internal sealed class JournalWatch(IProgress<RunEvent> watcher, RunArtifacts artifacts) : IProgress<RunEvent>
{
    public void Report(RunEvent value)
    {
        if (value is RunEvent.Started started) artifacts.Begin(started.Plan.Steps.Select(step => step.Node.Id));
        if (value is RunEvent.NodeEnded { Outcome: Outcome.Succeeded or Outcome.Warned or Outcome.Skipped { Reason: SkipReason.Fresh } } ended) artifacts.Done(ended.Node.Id);
        watcher.Report(value);
    }
}
