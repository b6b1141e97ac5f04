using Tributary.Core.Metrics;
using Tributary.Tests.Live.Models;

namespace Tributary.Tests.Live.Metrics;

/// <summary>The models of metrics, built by the engine that builds every other model.</summary>
public sealed class MetricBuildTests
{
    private const string Files = """
        --- dbt_project.yml
        name: shop
        models:
          shop:
            metrics:
              +schema: mart
        --- models/visits.sql
        {{ config(materialized='table') }}
        select * from (values
            (timestamptz '2025-12-29 12:00Z', 'o1', 'c1'), ('2025-12-30 12:00Z', 'o1', 'c2')) as v(at, organization_id, client)
        --- models/others.sql
        select date '2025-12-30' as at, null::text as organization_id
        """;

    private const string Catalog = """
        metrics:
          - { id: clients_now, unit: count, description: d, version: 1, type: snapshot, source_model: visits, expression: count(distinct client) }
          - { id: clients, unit: count, description: d, version: 1, type: rolling, window_days: 30, source_model: visits, date_column: at, expression: count(distinct client) }
          - { id: share, unit: percent, description: d, version: 1, numerator: clients, denominator: clients_now }
        """;

    [Fact, Requirement("E31", "E33")]
    public async Task Only_what_changed_is_built_again()
    {
        await using var warehouse = await Warehouse.CreateAsync(Files);
        warehouse.Generated = MetricModels.From(MetricWarehouse.Catalog(Catalog));

        var first = await warehouse.BuildAsync();
        warehouse.AssertNoErrors();
        Assert.Equal("built", first["fct_metrics_long"]);
        Assert.All((await warehouse.BuildAsync()).Values, end => Assert.Equal("fresh", end));
        Assert.Equal(
            ["12-29|clients|1.0000", "12-30|clients|2.0000", "12-31|clients|2.0000", "12-31|clients_now|2.0000", "12-31|share|100.0000"],
            await RowsAsync(warehouse));

        warehouse.Generated = MetricModels.From(MetricWarehouse.Catalog(Catalog.Replace("window_days: 30", "window_days: 2", StringComparison.Ordinal)));
        var second = await warehouse.BuildAsync();

        Assert.Equal(("built", "fresh", "built", "built"), (second["metric_clients"], second["metric_clients_now"], second["metric_share"], second["fct_metrics_long"]));
        Assert.Equal("12-31|clients|1.0000", (await RowsAsync(warehouse))[2]);
    }

    [Fact, Requirement("E33")]
    public async Task A_full_refresh_keeps_the_days_of_a_snapshot()
    {
        await using var warehouse = await Warehouse.CreateAsync(Files);
        warehouse.Generated = MetricModels.From(MetricWarehouse.Catalog(Catalog));
        await warehouse.BuildAsync();

        warehouse.AsOf = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        warehouse.Write("--- models/visits.sql\n{{ config(materialized='table') }} select timestamptz '2025-12-29 12:00Z' as at, 'o1' as organization_id, 'c1' as client");
        await warehouse.BuildAsync(fullRefresh: true);

        warehouse.AssertNoErrors();
        Assert.Equal(
            ["12-31|clients_now|2.0000", "01-01|clients_now|1.0000"],
            (await RowsAsync(warehouse)).Where(row => row.Contains("clients_now", StringComparison.Ordinal)));
    }

    private static Task<string[]> RowsAsync(Warehouse warehouse) => warehouse.Database.LinesAsync(
        "select to_char(period_date, 'MM-DD'), metric_id, round(value, 4) from analytics_mart.fct_metrics_long order by metric_id, period_date");
}
