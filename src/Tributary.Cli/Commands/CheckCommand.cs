using System.CommandLine;
using Tributary.Cli.Output;
using Tributary.Core.Graph;
using Tributary.Core.Privacy;
using Tributary.Core.Projects;
using Tributary.Core.Runs;
using Tributary.Core.Text;

namespace Tributary.Cli.Commands;

/// <summary><c>check</c>: load and check everything without touching any system; all problems at once.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var connected = new Option<bool>("--connected") { Description = "Also compare with the warehouse: the SQL of every model and test, real columns, metric versions. Changes nothing there." };
        var live = new Option<bool>("--live") { Description = "Also reach every connection: write, read and list each destination with a file that is removed again, and prove that no credential reaches the bucket of another track." };
        var command = new Command("check", "Load and check the whole project without touching any system; all problems at once, each with file and line.") { connected, live };
        var settings = new Option<bool>("--settings") { Description = "Also look at the settings: ends with 2 when one that is needed is missing or wrong." };
        command.Add(settings);
        return command.WithAction(async (invocation, cancel) =>
        {
            if (invocation.Get(settings)) return await CheckSettingsAsync(invocation, cancel);
            if (invocation.Get(live)) return await CheckLiveAsync(invocation, cancel);
            if (!invocation.Get(connected))
            {
                var project = await RunVerb.LoadAsync(invocation, vars: null, cancel);
                Print(invocation, project, project.HeldBack);
                return 0;
            }
            await using var session = await RunVerb.OpenAsync(invocation, cancel);
            Print(invocation, session.Project, await session.Project.CheckConnectedAsync(session.Context, cancel));
            return 0;
        });
    }

    private static async Task<int> CheckLiveAsync(Invocation invocation, CancellationToken cancel)
    {
        await using var session = await RunVerb.OpenAsync(invocation, cancel);
        var systems = await session.Project.CheckLiveAsync(session.Context, cancel);
        new QueryTable(["what", "name", "works"], [.. systems.Select(system => new object?[] { system.Kind, system.Name, system.Wrong.Count == 0 ? "yes" : "NO" })]).Print(invocation);
        var wrong = systems.SelectMany(system => system.Wrong).ToList();
        if (wrong.Count == 0) return 0;
        foreach (var error in wrong) invocation.Complain(error.ToString());
        return wrong.All(error => error.Code == ErrorCodes.OutOfReach) ? 3 : 2;
    }

    private static async Task<int> CheckSettingsAsync(Invocation invocation, CancellationToken cancel)
    {
        await using var session = await RunVerb.OpenAsync(invocation, cancel);
        var states = await SettingStates.ReadAsync(session.Context.Database, session.Context.Key, session.Project, session.Context.Clock, cancel);
        foreach (var state in states.Where(state => state.Word == SettingState.MissingSoon)) invocation.Warn($"the new year will need the setting {state.Name}; nobody has set it yet");
        foreach (var state in states.Where(state => state.Word == "not declared")) invocation.Warn($"the setting {state.Name} is set and settings.yml does not declare it");
        var wrong = states.Where(state => state.IsWrong).ToList();
        foreach (var state in wrong) invocation.Complain(new UserError(state.Word == SettingState.Missing ? ErrorCodes.SettingMissing : ErrorCodes.SettingInvalid, null, $"the setting {state.Name} is {state.Word}", $"tributary settings set {state.Name} VALUE").ToString());
        if (wrong.Count == 0) invocation.WriteLine($"{Quantity.Count(states.Count, "setting")}; none that is needed is missing.");
        return wrong.Count == 0 ? 0 : 2;
    }

    private static void Print(Invocation invocation, Project project, IReadOnlyList<HeldBack> heldBack)
    {
        var counts = project.Graph.Nodes.GroupBy(node => node.Kind).OrderBy(group => group.Key).ToDictionary(group => group.Key, group => group.Count());
        if (invocation.AsJson)
        {
            invocation.WriteJson(new
            {
                Project = project.File.Name,
                Target = project.Target.Name,
                Nodes = counts.ToDictionary(pair => pair.Key.ToString().ToLowerInvariant(), pair => pair.Value),
                Warnings = project.Warnings.Select(warning => warning.ToString()),
                HeldBack = heldBack.Select(column => new { column.Relation, column.Column, column.Reason, At = column.At.ToString() }),
            });
            return;
        }
        foreach (var column in heldBack) invocation.WriteLine($"held back from the anonymous track: {column} ({column.At})");
        invocation.WriteLine($"{project.File.Name} ({project.Target.Name}) is well formed: {Words(counts)}.");
    }

    private static string Words(Dictionary<NodeKind, int> counts) =>
        string.Join(", ", counts.Select(pair => Quantity.Count(pair.Value, pair.Key.ToString().ToLowerInvariant())));
}
