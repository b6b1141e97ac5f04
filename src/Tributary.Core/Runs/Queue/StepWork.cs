using Tributary.Core.Graph;
using Tributary.Core.Jobs;
using Tributary.Core.Postgres;
using Tributary.Core.Projects;
using Tributary.Core.Text;

namespace Tributary.Core.Runs.Queue;

/// <summary>What the work on steps needs of its process.</summary>
public sealed record StepTools(
    JobQueue Queue, Database Database, RunWatch Watch, EnvironmentVariables Environment, string ProgramVersion,
    Func<IReadOnlyDictionary<string, object?>, CancellationToken, Task<Project>> LoadAsync)
{
    /// <summary>Told how each run of the engine went.</summary>
    public Action<Claim, RunReport> Report { get; init; } = static (_, _) => { };
}

/// <summary>The work on one step that this process holds: read the project, see what the step means now, run it, say how it ended.</summary>
public sealed class StepWork(StepTools tools)
{
    private const int MostLost = 10;

    public async Task<StepEnd> RunAsync(Claim claim, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(claim);
        if (claim.Lost > MostLost) return new StepEnd.Failed($"{ErrorCodes.StepGivenUp}: {claim.Lost} workers died or fell silent while they held it");
        var part = default(JobStep);
        try
        {
            var project = await tools.LoadAsync(new Dictionary<string, object?>(), cancel);
            if (!project.Jobs.TryGetValue(claim.Job, out var job) || (part = JobParts.Of(job).ElementAtOrDefault(claim.Step - 1)) is null || (claim.Item == 0 && part.Title != claim.Name))
                return new StepEnd.Failed($"{ErrorCodes.JobChanged}: the job's file is not what it was when the run was made");
            using var late = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            if (part.Timeout is { } timeout) late.CancelAfter(timeout);
            var end = await RunAsync(claim, project, job, part, late.Token);
            return late.IsCancellationRequested && !cancel.IsCancellationRequested && end is StepEnd.HandedBack
                ? new StepEnd.Failed($"{ErrorCodes.StepTimedOut}: it took longer than {part.Timeout}")
                : end;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new StepEnd.Failed($"{ErrorCodes.StepTimedOut}: it took longer than {part?.Timeout}");
        }
        catch (UserErrorException wrong)
        {
            return new StepEnd.Failed(string.Join("; ", wrong.Errors.Select(error => $"{error.Code}: {error.Message}")));
        }
        catch (TransientException away)
        {
            return new StepEnd.Failed($"{ErrorCodes.OutOfReach}: {away.Message}", Again(part, claim));
        }
    }

    private async Task<StepEnd> RunAsync(Claim claim, Project project, Job job, JobStep part, CancellationToken cancel)
    {
        var parameters = (job.Parameters ?? new Dictionary<string, object?>()).Concat(claim.Parameters).GroupBy(entry => entry.Key).ToDictionary(group => group.Key, group => group.Last().Value);
        if (claim.Item == 0)
        {
            var values = new StepValues(project, job, tools.Database, tools.Watch.Clock, tools.Environment);
            if (part.When is { } condition && await values.RefusalAsync(condition, parameters, cancel) is { } refusal) return new StepEnd.Skipped(refusal);
            if (part.ForEach is not null) return new StepEnd.Expanded(await values.ExpandAsync(part, parameters, cancel));
        }
        var known = parameters.Concat(claim.Vars).ToDictionary();
        var places = new Dictionary<string, object?>(known) { ["job"] = job.Name, ["due"] = claim.Due?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture) ?? "" };
        foreach (var (name, value) in part.Vars ?? new Dictionary<string, object?>()) places[name] = known[name] = Places.Fill(value, places, part.At);
        return await RunEngineAsync(claim, known.Count == 0 ? project : await tools.LoadAsync(known, cancel), part, places, cancel);
    }

    private async Task<StepEnd> RunEngineAsync(Claim claim, Project project, JobStep part, Dictionary<string, object?> places, CancellationToken cancel)
    {
        var options = new RunOptions { Lease = claim.Lease, All = part.All, FullRefresh = part.FullRefresh };
        await using var session = await RunSession.OpenAsync(project, options, tools.Watch, cancel);
        if (!await tools.Queue.NameRunAsync(claim, session.Context.RunId, cancel)) return new StepEnd.HandedBack();
        var plan = part.RunOperation is { } call ? OperationPlan(claim, project, call, places) : EnginePlan.Of(project, part);
        var words = new Dictionary<string, string> { ["job_run"] = $"{claim.JobRun}", ["step"] = claim.Name, ["attempt"] = $"{claim.Attempt}" };
        var report = await session.RunAsync(plan, new RunRequest($"job {claim.Job}", words, tools.ProgramVersion), threads: null, cancel);
        tools.Report(claim, report);
        return report.ExitStatus switch
        {
            0 => new StepEnd.Succeeded(),
            130 => new StepEnd.HandedBack(),
            3 => new StepEnd.Failed(Because(report), Again(part, claim)),
            _ => new StepEnd.Failed(Because(report)),
        };
    }

    private static Plan OperationPlan(Claim claim, Project project, MacroCall call, IReadOnlyDictionary<string, object?> places)
    {
        var models = project.Models ?? throw new UserErrorException(ErrorCodes.FileMissing, call.At, "the project has no dbt part, and so no macros", "Add a dbt_project.yml.");
        var arguments = (call.Args ?? new Dictionary<string, object?>()).ToDictionary(entry => entry.Key, entry => Places.Fill(entry.Value, places, call.At));
        return new Plan([new PlanStep(new OperationNode(models, call, arguments, claim, project.File.Name), [])]);
    }

    private static TimeSpan? Again(JobStep? part, Claim claim) =>
        part?.Retries is { } retries && claim.Attempt <= retries.Times ? retries.Before(claim.Attempt + 1) : null;

    private static string Because(RunReport report)
    {
        var failed = report.Failed.ToList();
        var first = (Outcome.Failed)failed[0].Outcome; // it is among the failed
        return $"{failed[0].Node.Name}: {first.Error.Code}: {first.Error.Message}{(failed.Count > 1 ? $" (and {failed.Count - 1} more)" : "")}";
    }
}
