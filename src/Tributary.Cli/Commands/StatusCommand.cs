using System.CommandLine;
using Tributary.Cli.Output;
using Tributary.Core.Runs;
using Tributary.Core.Runs.Queue;

namespace Tributary.Cli.Commands;

/// <summary><c>status</c>: each stream, job and export, open rejects, stale relations, missing settings: is everything well?</summary>
internal static class StatusCommand
{
    public static Command Create() =>
        new Command("status", "Show jobs, streams, open rejects, stale relations, missing settings and the last delivery of each export.")
            .WithAction(async (invocation, cancel) =>
            {
                await using var session = await RunVerb.OpenAsync(invocation, cancel);
                var key = session.Context.Key;
                var table = await QueryTable.ReadAsync(session.Context.Database, Tributary.Core.Text.Sql.Read("Runs/status.sql"), [key.Project, key.Target], cancel);
                List<object?[]> rows = [.. table.Rows];
                foreach (var job in await JobState.ReadAsync(session.Context.Database, session.Project, session.Context.Clock.GetUtcNow(), cancel))
                    rows.Add(["job", job.Job, job.At, null, null, job.Words]);
                foreach (var setting in (await SettingStates.ReadAsync(session.Context.Database, key, session.Project, session.Context.Clock, cancel)).Where(setting => setting.Word is not ("set" or "default")))
                    rows.Add(["setting", setting.Name, setting.ChangedAt, null, null, setting.Word]);
                new QueryTable(table.Columns, rows).Print(invocation);
                return 0;
            });
}
