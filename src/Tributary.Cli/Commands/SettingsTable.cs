using Tributary.Cli.Output;
using Tributary.Core.Runs;
using Tributary.Core.Runs.Queue;

namespace Tributary.Cli.Commands;

/// <summary>Every setting that is set, should be set or soon should be, and how it stands.</summary>
internal static class SettingsTable
{
    public static async Task<QueryTable> ReadAsync(RunSession session, CancellationToken cancel)
    {
        var states = await SettingStates.ReadAsync(session.Context.Database, session.Context.Key, session.Project, session.Context.Clock, cancel);
        return new QueryTable(
            ["setting", "value", "state", "changed_by", "changed_at"],
            [.. states.Select(state => new object?[] { state.Name, state.Value is List<object?> list ? string.Join(',', list) : state.Value is null ? null : state.Value as string ?? JsonValues.Write(state.Value), state.Word, state.ChangedBy, state.ChangedAt })]);
    }
}
