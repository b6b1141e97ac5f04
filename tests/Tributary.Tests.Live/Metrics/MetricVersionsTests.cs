using Tributary.Core.Graph;
using Tributary.Core.Metrics;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Metrics;

public sealed class MetricVersionsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact, Requirement("E33")]
    public async Task A_changed_definition_needs_a_new_version()
    {
        await using var warehouse = await TestDatabase.CreateAsync();
        Assert.Empty(await CheckAsync(warehouse, "count(*)", 1));
        await RecordAsync(warehouse, "count(*)", 1);

        Assert.Empty(await CheckAsync(warehouse, "count( * )", 2));
        Assert.Empty(await CheckAsync(warehouse, "count(*)", 1, status: "deprecated"));
        Assert.Equal("metric visits: its definition changed and its version is still 1", await CheckAsync(warehouse, "count(at)", 1));

        await RecordAsync(warehouse, "count(at)", 2);
        Assert.Empty(await CheckAsync(warehouse, "count(*)", 1));
        Assert.Empty(await CheckAsync(warehouse, "count(client)", 3));
    }

    [Fact, Requirement("E33")]
    public async Task A_version_below_the_last_one_is_refused_unless_it_was_published_so()
    {
        await using var warehouse = await TestDatabase.CreateAsync();
        await RecordAsync(warehouse, "count(*)", 3);

        Assert.Equal("metric visits: its version is 2, and 3 was published already", await CheckAsync(warehouse, "count(client)", 2));
        Assert.Empty(await CheckAsync(warehouse, "count(client)", 4));
    }

    [Fact]
    public async Task Projects_and_targets_keep_their_own_versions()
    {
        await using var warehouse = await TestDatabase.CreateAsync();
        await RecordAsync(warehouse, "count(*)", 1);

        await using var connection = await warehouse.OpenAsync();
        Assert.Empty(await MetricVersions.CheckAsync(connection, new ProjectKey("p", "prod"), Catalog("count(at)", 1), Cancel));
        Assert.Single(await MetricVersions.CheckAsync(connection, new ProjectKey("p", "dev"), Catalog("count(at)", 1), Cancel));
    }

    private static async Task<string> CheckAsync(TestDatabase warehouse, string expression, int version, string status = "active")
    {
        await using var connection = await warehouse.OpenAsync();
        var errors = await MetricVersions.CheckAsync(connection, new ProjectKey("p", "dev"), Catalog(expression, version, status), Cancel);
        Assert.All(errors, error => Assert.Equal("TRB0505", error.Code));
        return string.Join("; ", errors.Select(error => error.Message));
    }

    private static async Task RecordAsync(TestDatabase warehouse, string expression, int version)
    {
        await using var connection = await warehouse.OpenAsync();
        var context = await LooseRun.ContextAsync(warehouse.Database, "p", DateTimeOffset.UnixEpoch, cancel: Cancel);
        await MetricVersions.RecordAsync(connection, context, Catalog(expression, version).Metrics, Cancel);
    }

    private static MetricCatalog Catalog(string expression, int version, string status = "active") => MetricWarehouse.Catalog($$"""
        metrics:
          - { id: visits, unit: count, description: d, version: {{version}}, source_model: visits, date_column: at, expression: {{expression}}, status: {{status}} }
        """);
}
