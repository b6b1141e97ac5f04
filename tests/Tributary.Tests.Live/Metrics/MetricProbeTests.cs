using Tributary.Core.Metrics;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Tests.Live.Metrics;

public sealed class MetricProbeTests
{
    [Fact, Requirement("E33")]
    public async Task PostgreSQL_tells_what_no_file_can()
    {
        await using var warehouse = await MetricWarehouse.CreateAsync("(now(), 'o', 'c', 'f', 1)");
        var catalog = MetricWarehouse.Catalog("""
            metrics:
              - { id: right, unit: number, description: d, version: 1, source_model: visits, date_column: at, expression: avg(minutes), filter: "at < {{ as_of }}" }
              - { id: unknown, unit: count, description: d, version: 1, source_model: visits, date_column: at, expression: count(distinct cleint) }
              - { id: bare, unit: number, description: d, version: 1, source_model: visits, date_column: at, expression: minutes + sum(minutes) }
              - { id: typed, unit: number, description: d, version: 1, source_model: visits, date_column: at, expression: sum(client) }
              - { id: condition, unit: count, description: d, version: 1, source_model: visits, date_column: at, expression: count(*), filter: minutes }
            """);

        var problems = new Problems();
        await using var connection = await warehouse.Database.OpenAsync();
        foreach (var metric in catalog.Metrics)
            await MetricProbe.CheckAsync(connection, metric, new Relation("models", "visits"), problems, TestContext.Current.CancellationToken);
        await MetricProbe.CheckAsync(connection, catalog.Metrics[0], new Relation("models", "not_built_yet"), problems, TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                "metric unknown: expression reads 'cleint', which visits does not have",
                "metric bare: PostgreSQL refuses its expression: column \"visits.minutes\" must appear in the GROUP BY clause or be used in an aggregate function",
                "metric typed: PostgreSQL refuses its expression: function sum(text) does not exist",
                "metric condition: PostgreSQL refuses its filter: argument of WHERE must be type boolean, not type integer",
            ],
            problems.Errors.Select(error => error.Message));
        Assert.StartsWith("Did you mean 'client'?", problems.Errors[0].Hint, StringComparison.Ordinal);
    }
}
