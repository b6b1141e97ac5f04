using Microsoft.Extensions.Logging.Abstractions;
using Tributary.Core.Graph;

namespace Tributary.Tests.Live.Support;

/// <summary>Run contexts for tests that run nodes without a project.</summary>
internal static class TestRun
{
    public static readonly DateTimeOffset AsOf = new(2025, 12, 31, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A context whose success records are read from the database as a new run would.</summary>
    public static async Task<RunContext> ContextAsync(TestDatabase warehouse, string runId = "0000000000000000000000000000test")
    {
        var key = new ProjectKey("test", "dev");
        await using var connection = await warehouse.OpenAsync();
        return new RunContext
        {
            Database = warehouse.Database,
            Clock = TimeProvider.System,
            Logger = NullLogger.Instance,
            RunId = runId,
            Key = key,
            AsOf = AsOf,
            Successes = await SuccessRecords.ReadAsync(connection, key, TestContext.Current.CancellationToken),
        };
    }
}
