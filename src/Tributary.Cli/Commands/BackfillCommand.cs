using System.CommandLine;
using Tributary.Cli.Output;
using Tributary.Core.Graph;
using Tributary.Core.Models.Periods;
using Tributary.Core.Projects;
using Tributary.Core.Runs;
using Tributary.Core.Text;

namespace Tributary.Cli.Commands;

/// <summary><c>backfill NAME --from --to</c> builds past periods of a model; <c>periods</c> lists what was published.</summary>
internal static class BackfillCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "A model that is built period by period." };
        var from = new Option<string>("--from") { Description = "The first period: 2024, 2024-Q1, 2024-01 or 2024-01-31.", HelpName = "PERIOD", Required = true };
        var to = new Option<string>("--to") { Description = "The last period, included; default: the last that has ended.", HelpName = "PERIOD" };
        var again = new Option<bool>("--all") { Description = "Build those too that were made of the same input already." };
        var asOf = new Option<string?>("--as-of") { Description = "The instant that the run speaks of; default: now.", HelpName = "TIME" };
        return new Command("backfill", "Build past periods of a model; called again, it goes on where it stopped.") { name, from, to, again, asOf }.WithAction((invocation, cancel) =>
        {
            var range = Range(invocation.Get(from)!, invocation.Get(to)) with { Again = invocation.Get(again) }; // --from is required
            var options = new RunOptions { All = true, Backfill = range, AsOf = RunArguments.Instant("--as-of", invocation.Get(asOf)) };
            return RunVerb.RunAsync(invocation, new RunCall("backfill", options, project => PlanOf(project, invocation.Get(name)!)), cancel); // NAME is required
        });
    }

    public static Command CreateList() => new Command("periods", "List the published periods of models, with their versions.").WithAction(async (invocation, cancel) =>
    {
        await using var session = await RunVerb.OpenAsync(invocation, cancel);
        await using var connection = await session.Context.Database.OpenAsync(cancel);
        var periods = await PublishedPeriod.ReadAsync(connection, session.Context.Key, null, cancel);
        new QueryTable(["model", "period", "version", "rows", "published"],
            [.. periods.Select(period => new object?[] { period.Node.Split('.')[^1], period.Label, period.Version, period.Rows, period.PublishedAt.UtcDateTime })]).Print(invocation);
        return 0;
    });

    private static Plan PlanOf(Project project, string name)
    {
        var models = project.Graph.Nodes.Where(node => node.Kind == NodeKind.Model && node.ConfigValue("materialized") == "period").ToList();
        var found = models.Find(node => node.Name == name) ?? throw new UserErrorException(ErrorCodes.NotPeriodic, null,
            $"'{name}' is no model that is built period by period.", models.Count == 0 ? "Give it config(materialized='period', period='month')." : Nearest.Hint(name, [.. models.Select(node => node.Name)]));
        return Plan.Of(project.Graph, new HashSet<string> { found.Id }, waitForTests: false);
    }

    private static PeriodRange Range(string from, string? to)
    {
        var first = Parse("--from", from).First;
        var end = to is null ? DateOnly.MaxValue : Parse("--to", to).End;
        return first < end ? new PeriodRange(first, end) : throw new UserErrorException(ErrorCodes.NotPeriodic, null, $"--from {from} does not come before --to {to}.", "Both are included: one month is --from 2024-01 --to 2024-01.");
    }

    private static PeriodRange Parse(string option, string text) => PeriodText.Parse(text)
        ?? throw new UserErrorException(ErrorCodes.InvalidValue, null, $"{option} '{Excerpt.Of(text)}' is no period.", "Write 2024, 2024-Q1, 2024-01 or 2024-01-31.");
}
