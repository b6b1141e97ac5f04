using System.CommandLine;
using Tributary.Cli.Output;
using Tributary.Core.Graph;
using Tributary.Core.Models.SourceFreshness;
using Tributary.Core.Projects;
using Tributary.Core.Runs;
using Tributary.Core.Text;

namespace Tributary.Cli.Commands;

/// <summary><c>source freshness</c>: how old the newest record of each source table is, held against its limits.</summary>
internal static class SourceCommand
{
    private static readonly Option<string?> Output = new("--output", "-o") { Description = "The file of the results; default: sources.json in the target folder.", HelpName = "FILE" };

    public static Command Create()
    {
        var arguments = new RunArguments();
        var freshness = arguments.AddTo(new Command("freshness", "Ask the warehouse how old each source is; 1 when one is too old."));
        freshness.Aliases.Add("snapshot-freshness");
        freshness.Add(Output);
        freshness.WithAction((invocation, cancel) => RunAsync(invocation, arguments, cancel));
        return new Command("source", "What source tables say of themselves.") { freshness };
    }

    private static async Task<int> RunAsync(Invocation invocation, RunArguments arguments, CancellationToken cancel)
    {
        await using var session = await RunVerb.OpenAsync(invocation, arguments, cancel);
        var models = ShowCommand.ModelsOf(session);
        var chosen = session.Project.Choose(arguments.Selection.Request(invocation, ["source"]));
        if (models.HasHooksAroundFreshness) await RunHooksAsync(session, atEnd: false, cancel);
        var results = await models.CheckFreshnessAsync(chosen, arguments.Threads(invocation) ?? session.Project.File.Threads, session.Context, result => Report(invocation, result), cancel);
        await models.WriteFreshnessAsync(results, Target(invocation, session.Project), session.Context, cancel);
        if (models.HasHooksAroundFreshness) await RunHooksAsync(session, atEnd: true, cancel);
        if (invocation.AsJson) invocation.WriteJson(results);
        else invocation.WriteLine($"{Quantity.Count(results.Count, "source")}: {results.Count(result => result.Status == "pass")} fresh, {results.Count(result => result.Status == "warn")} to warn of, {results.Count(result => result.IsFailure)} failed.");
        return results.Any(result => result.IsFailure) ? 1 : 0;
    }

    /// <summary>Throws what a hook was refused for.</summary>
    private static async Task RunHooksAsync(RunSession session, bool atEnd, CancellationToken cancel)
    {
        var report = await session.RunHooksAsync(atEnd, cancel);
        if (report.Failed.FirstOrDefault()?.Outcome is Outcome.Failed failed) throw new UserErrorException([failed.Error]);
    }

    private static string? Target(Invocation invocation, Project project) => invocation.Get(Output) is { } file ? Path.GetFullPath(file, project.Folder) : null;

    private static void Report(Invocation invocation, SourceFreshnessResult result)
    {
        var word = result.Status switch { "pass" => "PASS", "warn" => "WARN", "error" => "STALE", _ => "ERROR" };
        var age = result.Error?.ToString() ?? (result.MaxLoadedAt is { Year: 1 } ? "there is no record" : result.Age is { } known ? $"the newest record is {Quantity.Duration(known)} old" : "");
        lock (invocation.Errors) invocation.Errors.Profile.Out.Writer.WriteLine($"{word,-5} source   {result.Name,-44} {age}");
    }
}
