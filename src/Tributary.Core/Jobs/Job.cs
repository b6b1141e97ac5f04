using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Jobs;

/// <summary><c>jobs/NAME.yml</c>: a named list of steps and what makes them due.</summary>
[Description("A job: steps that run in their order, and what makes them due.")]
public sealed record Job(
    SourcePosition At,
    [Given] string Name,
    [Description("What it does, in order. Neighbours that only sync, build, test and export run as one plan: what failed blocks only what is made from it.")] IReadOnlyList<JobStep> Steps,
    [Description("What makes the job due; without it runs are asked for by hand.")][Key("schedule")][OneOrMany] IReadOnlyList<Schedule>? Schedules = null,
    [Description("Values that `tributary job NAME --var k=v` may change, with their defaults; steps and models read them as var().")] IReadOnlyDictionary<string, object?>? Parameters = null,
    [Description("The IANA zone of `this_year` and `today` in for_each; default: the project's.")] string? Zone = null,
    [Description("What a due instant does while a run of the job is still on: queue behind it, skip, or cancel that run.")] Overlap Overlap = Overlap.Queue,
    [Description("Jobs of one lock never run at once; default: each job has its own.")] string? Lock = null,
    [Description("Off: runs are recorded as disabled, those asked for by hand too.")] Switch? Switch = null,
    [Description("A run that takes longer is ended as failed.")] TimeSpan? Timeout = null,
    [Description("For people.")] string Description = "") : IValidated
{
    private const int MostSteps = 200;

    /// <summary>What never runs twice at once.</summary>
    public string Exclusive => Lock is null ? $"job {Name}" : $"lock {Lock}";

    public void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (Steps.Count is 0 or > MostSteps) check.Refuse("steps", $"{Steps.Count} steps; expected 1 to {MostSteps}");
        if (Zone is not null && !Zones.IsKnown(Zone)) check.Refuse("zone", $"'{Excerpt.Of(Zone)}' is not a time zone of the IANA database", Zones.Hint);
        if (!Identifier.IsPlainName(Name)) check.Refuse("steps", $"the job's name '{Excerpt.Of(Name)}' comes from its file's", "Use letters, digits, - and _ only.");
        if (Timeout <= TimeSpan.Zero) check.Refuse("timeout", "expected more than nothing");
    }
}

/// <summary>What a due instant does while an earlier run of the job is still on.</summary>
public enum Overlap
{
    Queue,
    Skip,
    Cancel,
}
