using System.CommandLine;
using Tributary.Cli.Output;

namespace Tributary.Cli.Commands;

/// <summary><c>status</c>: each stream, what failed last, open rejects, stale relations: is everything well?</summary>
internal static class StatusCommand
{
    public static Command Create() =>
        new Command("status", "Show streams, open rejects, stale relations and the last run of each kind.")
            .WithAction(async (invocation, cancel) =>
            {
                await using var session = await RunVerb.OpenAsync(invocation, cancel);
                var key = session.Context.Key;
                var table = await QueryTable.ReadAsync(session.Context.Database, Tributary.Core.Text.Sql.Read("Runs/status.sql"), [key.Project, key.Target], cancel);
                table.Print(invocation);
                return 0;
            });
}
