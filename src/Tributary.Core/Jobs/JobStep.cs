using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Jobs;

/// <summary>One step of a job. Several of sync, build, test and export in one step are one plan.</summary>
public sealed record JobStep(
    SourcePosition At,
    [Description("How the step is called in status and history; default: what it does.")] string? Name = null,
    [Description("Streams or sources to bring up to date; all: every one.")][OneOrMany] IReadOnlyList<string>? Sync = null,
    [Description("Selectors of what to build and test, as in build --select; all: everything.")][OneOrMany] IReadOnlyList<string>? Build = null,
    [Description("Selectors of tests to run; all: every one.")][OneOrMany] IReadOnlyList<string>? Test = null,
    [Description("Exports to produce and deliver; all: every one.")][OneOrMany] IReadOnlyList<string>? Export = null,
    [Description("A macro to run, as one transaction.")] MacroCall? RunOperation = null,
    [Description("Values that models and exports of this step read as var(); {name} stands for a parameter or a key of for_each.")] IReadOnlyDictionary<string, object?>? Vars = null,
    [Description("Runs the step once for each combination of values; each is an item that succeeds or fails by itself.")] IReadOnlyDictionary<string, Values>? ForEach = null,
    [Description("The step is skipped unless this holds.")] Condition? When = null,
    [Description("Tries again what failed for a passing reason.")] Retries? Retries = null,
    [Description("A step (or an item of for_each) that takes longer is ended as failed.")] TimeSpan? Timeout = null,
    [Description("Items of for_each that may run at once.")] int Concurrency = 1,
    [Description("Build what is fresh too.")] bool All = false,
    [Description("Rebuild incremental models and seeds from nothing.")] bool FullRefresh = false) : IValidated
{
    public const string Everything = "all";

    /// <summary>Loads, models, tests or exports: what the engine plans.</summary>
    public bool IsEngine => Sync is not null || Build is not null || Test is not null || Export is not null;

    /// <summary>Nothing is asked of it that would keep it from running in one plan with its neighbours.</summary>
    public bool IsPlain => IsEngine && Name is null && Vars is null && ForEach is null && When is null && Retries is null && Timeout is null && !All && !FullRefresh;

    /// <summary>An export is held back by what failed upstream of it alone, so it need not wait for all to be well.</summary>
    public bool IsExportAlone => Export is not null && Sync is null && Build is null && Test is null;

    public string Title => Name ?? string.Join(", ", Words());

    /// <summary>One step that does what both do.</summary>
    public JobStep With(JobStep next) => this with
    {
        Sync = Join(Sync, next.Sync),
        Build = Join(Build, next.Build),
        Test = Join(Test, next.Test),
        Export = Join(Export, next.Export),
    };

    public void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        var kinds = (IsEngine ? 1 : 0) + (RunOperation is null ? 0 : 1);
        if (kinds == 0) check.Refuse("step", "it does nothing", "Give it sync, build, test, export or run_operation.");
        if (kinds > 1) check.Refuse("step", "only sync, build, test and export go together", "Write the others as steps of their own.");
        if (Concurrency is < 1 or > 64) check.Refuse("concurrency", $"{Concurrency} is not in 1 to 64");
        if (Timeout <= TimeSpan.Zero) check.Refuse("timeout", "expected more than nothing");
        if (ForEach is { Count: 0 }) check.Refuse("for_each", "it has no values");
    }

    private IEnumerable<string> Words()
    {
        if (Sync is not null) yield return Word("sync", Sync);
        if (Build is not null) yield return Word("build", Build);
        if (Test is not null) yield return Word("test", Test);
        if (Export is not null) yield return Word("export", Export);
        if (RunOperation is not null) yield return $"run_operation {RunOperation.Macro}";
    }

    private static string Word(string verb, IReadOnlyList<string> of) => of is [Everything] ? verb : $"{verb} {string.Join(' ', of)}";

    private static IReadOnlyList<string>? Join(IReadOnlyList<string>? one, IReadOnlyList<string>? other) =>
        one is null ? other : other is null ? one : one.Contains(Everything) || other.Contains(Everything) ? [Everything] : [.. one.Union(other)];
}
