using System.CommandLine;
using Tributary.Cli.Output;

namespace Tributary.Cli.Commands;

/// <summary><c>history</c>: the last runs, and the steps of one.</summary>
internal static class HistoryCommand
{
    public static Command Create()
    {
        var run = new Argument<string?>("RUN") { Description = "A run's id (or how it begins): show its steps.", Arity = ArgumentArity.ZeroOrOne };
        var limit = new Option<int>("--limit") { Description = "How many runs.", DefaultValueFactory = _ => 20 };
        var command = new Command("history", "Show the last runs, or the steps of one.");
        command.Add(run);
        command.Add(limit);
        return command.WithAction(async (invocation, cancel) =>
        {
            await using var session = await RunVerb.OpenAsync(invocation, cancel);
            var key = session.Context.Key;
            var table = invocation.Get(run) is { } id
                ? await QueryTable.ReadAsync(session.Context.Database, Tributary.Core.Text.Sql.Read("Runs/list_steps.sql"), [key.Project, key.Target, id], cancel)
                : await QueryTable.ReadAsync(session.Context.Database, Tributary.Core.Text.Sql.Read("Runs/list_runs.sql"), [key.Project, key.Target, invocation.Get(limit)], cancel);
            table.Print(invocation);
            return 0;
        });
    }
}
