using Tributary.Core.Graph;
using Tributary.Core.Metrics;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;
using Tributary.Core.Text.Yaml;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Metrics;

/// <summary>A warehouse with a model <c>visits</c> (at, organization_id, client, format, minutes) and the models of metrics.</summary>
internal sealed class MetricWarehouse : IAsyncDisposable
{
    private MetricWarehouse(TestDatabase database) => Database = database;

    public TestDatabase Database { get; }

    /// <summary><paramref name="visits"/> are rows of SQL: <c>('2025-01-01T10:00Z', 'o1', 'c1', 'video', 30)</c>.</summary>
    public static async Task<MetricWarehouse> CreateAsync(string visits, string typeOfAt = "timestamptz")
    {
        var warehouse = new MetricWarehouse(await TestDatabase.CreateAsync());
        await warehouse.Database.ExecuteAsync($"""
            create schema models;
            create table models.visits (at {typeOfAt}, organization_id text, client text, format text, minutes int);
            insert into models.visits values {visits};
            """);
        return warehouse;
    }

    public static MetricCatalog Catalog(string yaml)
    {
        var file = new Binder(new EnvironmentVariables(_ => null), new KindCatalog()).Read<MetricFile>(YamlFile.Parse(yaml, "metrics/m.yml"));
        var problems = new Problems();
        var catalog = MetricCatalog.Check([file], [new DeclaredModel("visits", "marts", [], new SourcePosition("models/visits.sql", 1))], "UTC", problems);
        problems.ThrowIfAny();
        return catalog;
    }

    /// <summary>Builds the metrics of the YAML as on that day.</summary>
    public Task BuildAsync(string yaml, string asOfDate) => new GeneratedModelBuilder(Database, asOfDate).BuildAsync(MetricModels.From(Catalog(yaml)));

    /// <summary>Day, metric, organization, dimension value, value and status of every row of the long table.</summary>
    public Task<string[]> RowsAsync() => Database.LinesAsync(
        "select to_char(period_date, 'MM-DD'), metric_id, organization_id, dimension_value, value, status from models.fct_metrics_long order by 2, 1, 3, 4");

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
