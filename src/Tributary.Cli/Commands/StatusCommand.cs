using System.CommandLine;
using Tributary.Cli.Output;
using Tributary.Core.Ingest.Drops;
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
                foreach (var source in session.Project.Streams.Select(stream => stream.Source).OfType<DropSource>().DistinctBy(source => source.Name))
                    Tell(rows, source, session.Context.Clock.GetUtcNow());
                new QueryTable(table.Columns, rows).Print(invocation);
                return 0;
            });

    /// <summary>A drop that should have come and has not is told where the newest one stands that has, or on a line of its own.</summary>
    private static void Tell(List<object?[]> rows, DropSource source, DateTimeOffset now)
    {
        var row = rows.Find(row => row[0] is "drops" && row[1] as string == source.Name);
        if (source.Drops.Overdue(row?[2] is DateTime last ? new DateTimeOffset(last) : null, now) is not { } day) return;
        var note = $"no drop of {day:yyyy-MM-dd}, which was expected by {source.Drops.ExpectedBy} {source.Drops.Zone}";
        if (row is null) rows.Add(["drops", source.Name, null, null, null, note]);
        else row[^1] = note;
    }
}
