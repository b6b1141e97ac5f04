using Tributary.Core.Jobs;

namespace Tributary.Core.Runs.Queue;

/// <summary>The steps of a job as the queue knows them: neighbours that only ask the engine for something are one plan.</summary>
public static class JobParts
{
    public static IReadOnlyList<JobStep> Of(Job job)
    {
        ArgumentNullException.ThrowIfNull(job);
        var parts = new List<JobStep>();
        foreach (var step in job.Steps)
        {
            if (step.IsPlain && parts.Count > 0 && parts[^1].IsPlain) parts[^1] = parts[^1].With(step);
            else parts.Add(step);
        }
        return parts;
    }
}
