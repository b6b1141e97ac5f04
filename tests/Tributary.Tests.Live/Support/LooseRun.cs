using Microsoft.Extensions.Logging.Abstractions;
using Tributary.Core.Graph;
using Tributary.Core.Postgres;

namespace Tributary.Tests.Live.Support;

/// <summary>The context of nodes that run without a project and a ledger: in tests, in processes that are killed, in benches.</summary>
internal static class LooseRun
{
    /// <summary>With the success records that the database holds, as a new run would read them. Target <c>dev</c>.</summary>
    public static async Task<RunContext> ContextAsync(Database database, string project, DateTimeOffset asOf = default, string runId = "run1", CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        var key = new ProjectKey(project, "dev");
        await using var connection = await database.OpenAsync(cancel);
        return new RunContext
        {
            Database = database,
            Clock = TimeProvider.System,
            Logger = NullLogger.Instance,
            RunId = runId,
            Key = key,
            AsOf = asOf,
            Successes = await SuccessRecords.ReadAsync(connection, key, cancel),
        };
    }
}
