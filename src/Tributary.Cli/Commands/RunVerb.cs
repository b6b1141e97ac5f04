using System.Reflection;
using Tributary.Cli.Arguments;
using Tributary.Cli.Output;
using Tributary.Core.Graph;
using Tributary.Core.Projects;
using Tributary.Core.Runs;
using Tributary.Core.Text;

namespace Tributary.Cli.Commands;

/// <summary>What every verb that runs a plan does: load, open, plan, run, report.</summary>
internal static class RunVerb
{
    /// <summary>Verbs that read the project alone.</summary>
    private static readonly HashSet<string> Offline = new(StringComparer.Ordinal) { "check", "parse", "ls", "deps", "clean", "sync" };

    public static string ProgramVersion { get; } =
        typeof(RunVerb).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    public static async Task<int> RunAsync(Invocation invocation, RunCall call, CancellationToken cancel)
    {
        var isQuiet = invocation.IsOn(GlobalOptions.Quiet, "DBT_QUIET");
        using var output = new RunOutput(invocation.Errors, invocation.Clock) { IsQuiet = isQuiet };
        await using var early = new EarlyWarehouse(RunId.New(invocation.Clock), cancel);
        var project = await LoadAsync(invocation, call.Vars, cancel, early.Begin, call.Verb);
        var plan = call.Plan(project);
        var reading = project.Models?.ReadAheadAsync(plan, cancel) ?? Task.CompletedTask;
        var watch = new RunWatch(invocation.Clock, invocation.Log, output, output) { Early = early, Print = invocation.Print, Say = invocation.Say };
        await using var session = await RunSession.OpenAsync(project, call.Options, watch, cancel);
        invocation.Log.RunId = session.Context.RunId;
        var request = new RunRequest(call.Verb, RunCall.Words(invocation), ProgramVersion) { WritesArtifacts = call.Verb is not ("sync" or "export") && ArtifactArguments.WritesJson(invocation) };
        var report = await session.RunAsync(plan, request, call.Options.Threads, cancel);
        await reading;
        if (!isQuiet || report.ExitStatus != 0) ReportText.Print(invocation, report);
        return report.ExitStatus;
    }

    /// <summary>Loads the project and prints its warnings, or for most verbs how many there are; throws all problems at once.</summary>
    public static Task<Project> LoadAsync(Invocation invocation, string? vars, CancellationToken cancel, Action<TargetChoice>? targetKnown = null, string? verb = null) =>
        LoadWithAsync(invocation, CommandLineVars.Read(vars), cancel, targetKnown, verb);

    /// <summary>The same with variables as values.</summary>
    public static async Task<Project> LoadWithAsync(Invocation invocation, IReadOnlyDictionary<string, object?> vars, CancellationToken cancel, Action<TargetChoice>? targetKnown = null, string? verb = null)
    {
        var request = new ProjectRequest(invocation.ProjectFolder, invocation.Environment, invocation.Kinds)
        {
            Target = invocation.Target,
            Profile = invocation.Get(GlobalOptions.Profile),
            ProfilesFolder = invocation.Get(GlobalOptions.ProfilesFolder)?.FullName,
            ChecksVersion = ChecksVersion(invocation),
            Verb = verb ?? invocation.Parsed.CommandResult.Command.Name,
            Vars = vars,
            TargetPath = ArtifactArguments.Folder(invocation),
            Arguments = CallArguments.Of(invocation),
            StartedAt = invocation.Clock.GetUtcNow(),
            StoreFailures = invocation.IsOn(RunArguments.StoreFailures, "DBT_STORE_FAILURES"),
            WarnError = RunArguments.FailsOnWarnings(invocation),
            Empty = invocation.Get(RunArguments.Empty),
            TargetKnown = targetKnown,
            AsksWarehouse = !Offline.Contains(verb ?? invocation.Parsed.CommandResult.Command.Name),
            CachesParse = !invocation.Get(GlobalOptions.NoPartialParse),
        };
        var project = await Project.LoadAsync(request, cancel);
        Warn(invocation, project);
        if (StateArguments.DeferFolder(invocation) is { } deferred) project.Models?.DeferTo(deferred, StateArguments.FavorsState(invocation));
        return project;
    }

    /// <summary>False with <c>--no-version-check</c>, or when <c>DBT_VERSION_CHECK</c> says no.</summary>
    public static bool ChecksVersion(Invocation invocation) =>
        !invocation.Get(GlobalOptions.NoVersionCheck) && !invocation.IsOff("DBT_VERSION_CHECK");

    private static void Warn(Invocation invocation, Project project)
    {
        if (project.Warnings.Count > 0 && RunArguments.FailsOnWarnings(invocation)) throw new UserErrorException([.. project.Warnings]);
        if (invocation.Parsed.CommandResult.Command.Name is "check" or "parse" or "compile" or "build" or "run" or "test" or "seed" or "snapshot")
        {
            foreach (var alike in project.Warnings.GroupBy(warning => (warning.Code, warning.Message, warning.Hint)))
            {
                var more = alike.Count() - 1;
                invocation.Warn(more == 0 ? alike.First().ToString() : $"{alike.First()} (and at {Quantity.Count(more, "more place")})");
            }
        }
        else if (project.Warnings.Count > 0)
        {
            invocation.Warn($"{project.Warnings.Count} about the project; `tributary check` shows them.");
        }
    }

    /// <summary>A session for verbs that only look.</summary>
    public static Task<RunSession> OpenAsync(Invocation invocation, CancellationToken cancel) => OpenAsync(invocation, new RunOptions(), vars: null, cancel);

    /// <summary>The same for verbs that take the options of a run.</summary>
    public static Task<RunSession> OpenAsync(Invocation invocation, RunArguments arguments, CancellationToken cancel) =>
        OpenAsync(invocation, arguments.Options(invocation, all: false), arguments.Vars(invocation), cancel);

    /// <summary>The same for a verb that may do without the warehouse.</summary>
    public static Task<RunSession> OpenOfflineAsync(Invocation invocation, RunArguments arguments, CancellationToken cancel) =>
        OpenAsync(invocation, arguments.Options(invocation, all: false) with { MayStayOffline = true }, arguments.Vars(invocation), cancel);

    private static async Task<RunSession> OpenAsync(Invocation invocation, RunOptions options, string? vars, CancellationToken cancel)
    {
        var quiet = new RunWatch(invocation.Clock, invocation.Log, new Progress<RunEvent>(), new Progress<NodeProgress>()) { Print = invocation.Print, Say = invocation.Say };
        return await RunSession.OpenAsync(await LoadAsync(invocation, vars, cancel), options, quiet, cancel);
    }
}
