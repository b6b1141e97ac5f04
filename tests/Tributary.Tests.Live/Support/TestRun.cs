using Tributary.Core.Graph;

namespace Tributary.Tests.Live.Support;

/// <summary>Run contexts for tests that run nodes without a project.</summary>
internal static class TestRun
{
    public static readonly DateTimeOffset AsOf = new(2025, 12, 31, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A context whose success records are read from the database as a new run would.</summary>
    public static Task<RunContext> ContextAsync(TestDatabase warehouse, string runId = "0000000000000000000000000000test") =>
        LooseRun.ContextAsync(warehouse.Database, "test", AsOf, runId, TestContext.Current.CancellationToken);
}
