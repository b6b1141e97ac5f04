using Tributary.Core.Metrics;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Metrics;

public sealed class MetricModelsTests
{
    private const string Visits = """
        ('2025-01-01T23:30:00Z', 'o1', 'c1', 'video', 30), ('2025-01-02T12:00:00Z', 'o1', 'c1', 'video', 10),
        ('2025-01-02T13:00:00Z', 'o1', 'c1', 'phone', 20), ('2025-01-04T12:00:00Z', 'o1', 'c2', null, null),
        ('2025-01-03T12:00:00Z', null, 'c3', 'video', 5), ('2025-01-09T12:00:00Z', 'o1', 'later', 'video', 5)
        """;

    private static string Metric(string id, string keys) =>
        $$"""{ id: {{id}}, unit: count, description: "Visits, of \"{{id}}\"", version: 1, source_model: visits, {{keys}} }""";

    private static string Metrics(params string[] entries) => "metrics:\n" + string.Concat(entries.Select(entry => $"  - {entry}\n"));

    [Fact, Requirement("E29", "E30", "E31", "E33")]
    public async Task A_simple_metric_has_a_row_every_day_from_the_first_one_and_keeps_rows_without_organization()
    {
        await using var warehouse = await MetricWarehouse.CreateAsync(Visits);

        await warehouse.BuildAsync(Metrics(Metric("clients", "type: simple, date_column: at, expression: count(distinct client)")), "2025-01-05");

        Assert.Equal(
            [
                "01-01|clients|o1|∅|1|active", "01-02|clients|o1|∅|1|active", "01-03|clients|o1|∅|0|active", "01-03|clients|∅|∅|1|active",
                "01-04|clients|o1|∅|1|active", "01-04|clients|∅|∅|0|active", "01-05|clients|o1|∅|0|active", "01-05|clients|∅|∅|0|active",
            ],
            await warehouse.RowsAsync());
        Assert.Equal(["count|1|Visits, of \"clients\"|∅"], await warehouse.Database.LinesAsync("select distinct unit, method_version, description, dimension from models.fct_metrics_long"));
        Assert.Equal(
            ["period_date|date", "metric_id|text", "value|numeric", "organization_id|text", "dimension|text", "dimension_value|text", "unit|text", "method_version|integer", "description|text", "status|text"],
            await warehouse.Database.LinesAsync("select column_name, data_type from information_schema.columns where table_name = 'fct_metrics_long' order by ordinal_position"));
    }

    [Theory, Requirement("E33", "X5")]
    [InlineData("UTC", "timestamptz", "01-01 01-02 01-03")]
    [InlineData("America/New_York", "timestamptz", "01-01 01-02 01-03")]
    [InlineData("Pacific/Auckland", "timestamptz", "01-02 01-03")]
    [InlineData("Pacific/Auckland", "date", "01-01 01-02 01-03")]
    public async Task The_day_is_that_of_the_zone_and_a_date_is_a_day_already(string zone, string type, string days)
    {
        await using var warehouse = await MetricWarehouse.CreateAsync("('2025-01-01T23:30:00Z', 'o1', 'c', null, 1)", type);

        await warehouse.BuildAsync(Metrics(Metric("visits", $"date_column: at, zone: {zone}, expression: count(*)")), "2025-01-03");

        Assert.Equal(days.Split(' '), (await warehouse.RowsAsync()).Select(row => row[..5]));
    }

    [Fact, Requirement("E31", "E33")]
    public async Task A_dimension_breaks_down_and_a_filter_leaves_zeros()
    {
        await using var warehouse = await MetricWarehouse.CreateAsync(Visits);

        await warehouse.BuildAsync(
            Metrics(Metric("long_visits", "date_column: at, expression: count(*), dimension: format, entity_keys: [], filter: minutes >= 20")), "2025-01-03");

        Assert.Equal(
            [
                "01-01|long_visits|∅|video|1|active", "01-02|long_visits|∅|phone|1|active", "01-02|long_visits|∅|video|0|active",
                "01-03|long_visits|∅|phone|0|active", "01-03|long_visits|∅|video|0|active",
            ],
            await warehouse.RowsAsync());
        Assert.Equal(["format"], await warehouse.Database.LinesAsync("select distinct dimension from models.fct_metrics_long"));
    }

    [Fact, Requirement("E33")]
    public async Task A_filter_takes_no_organization_out_and_takes_dimension_values_out()
    {
        await using var warehouse = await MetricWarehouse.CreateAsync(Visits);

        await warehouse.BuildAsync(Metrics(
            Metric("by_organization", "date_column: at, expression: count(*), filter: minutes > 90"),
            Metric("by_format", "date_column: at, expression: count(*), dimension: format, filter: format is not null"),
            Metric("now_by_organization", "expression: count(*), filter: minutes > 90"),
            Metric("now_by_format", "expression: count(*), dimension: format, entity_keys: [], filter: format is not null")), "2025-01-03");

        var rows = await warehouse.RowsAsync();
        Assert.Equal(4, rows.Count(row => row.Contains("|by_organization|", StringComparison.Ordinal) && row.EndsWith("|0|active", StringComparison.Ordinal)));
        Assert.Equal(["phone", "video"], rows.Where(row => row.Contains("|by_format|", StringComparison.Ordinal)).Select(row => row.Split('|')[3]).Distinct().Order());
        Assert.Equal(
            ["01-03|now_by_format|∅|phone|1|active", "01-03|now_by_format|∅|video|4|active", "01-03|now_by_organization|o1|∅|0|active", "01-03|now_by_organization|∅|∅|0|active"],
            rows.Where(row => row.Contains("|now_", StringComparison.Ordinal)));
    }

    [Fact, Requirement("E30", "E33")]
    public async Task A_rolling_window_holds_the_day_itself_and_the_29_before()
    {
        await using var warehouse = await MetricWarehouse.CreateAsync("('2025-01-01T00:00:00Z', 'o1', 'c1', null, 1), ('2025-01-10T23:59:59Z', 'o1', 'c1', null, 1)");

        await warehouse.BuildAsync(Metrics(Metric("active", "type: rolling, window_days: 30, date_column: at, expression: count(distinct client)")), "2025-02-10");

        var values = (await warehouse.RowsAsync()).ToDictionary(row => row[..5], row => row.Split('|')[4]);
        Assert.Equal("1", values["01-01"]);
        Assert.Equal("1", values["02-08"]);
        Assert.Equal("0", values["02-09"]);
        Assert.Equal(41, values.Count);
    }

    [Fact, Requirement("E33")]
    public async Task The_thirtieth_day_counts_and_the_thirty_first_does_not()
    {
        await using var warehouse = await MetricWarehouse.CreateAsync("('2025-01-01T00:00:00Z', 'o1', 'c1', null, 1)");

        await warehouse.BuildAsync(Metrics(Metric("active", "type: rolling, window_days: 30, date_column: at, expression: count(distinct client)")), "2025-02-01");

        var values = (await warehouse.RowsAsync()).ToDictionary(row => row[..5], row => row.Split('|')[4]);
        Assert.Equal(("1", "0", "0"), (values["01-30"], values["01-31"], values["02-01"]));
    }

    [Theory, Requirement("E30", "E33")]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100)]
    public async Task Windows_that_are_carried_from_day_to_day_equal_windows_that_are_counted(int days)
    {
        await using var warehouse = await MetricWarehouse.CreateAsync("('2025-01-01Z', 'o1', 'c1', 'f1', 1)");
        await warehouse.Database.ExecuteAsync("""
            insert into models.visits
            select timestamptz '2025-01-01Z' + interval '1 day' * (i * i % 29), 'o' || i % 2, 'c' || i % 5, case when i % 3 > 0 then 'f' || i % 3 end, i
            from generate_series(1, 40) as i
            """);
        var window = $"type: rolling, window_days: {days}, date_column: at, dimension: format";

        await warehouse.BuildAsync(Metrics(
            Metric("carried_clients", $"{window}, expression: count(distinct client)"), Metric("counted_clients", $"{window}, expression: count(distinct (client))"),
            Metric("carried_visits", $"{window}, expression: count(*)"), Metric("counted_visits", $"{window}, expression: count(*) + 0"),
            Metric("carried_minutes", $"{window}, filter: minutes > 5, expression: sum(minutes)"), Metric("counted_minutes", $"{window}, filter: minutes > 5, expression: sum((minutes))")), "2025-02-20");

        var rows = await warehouse.RowsAsync();
        Assert.NotEmpty(rows);
        Assert.Equal(
            rows.Where(row => row.Contains("|counted_", StringComparison.Ordinal)).Select(row => row.Replace("|counted_", "|", StringComparison.Ordinal)),
            rows.Where(row => row.Contains("|carried_", StringComparison.Ordinal)).Select(row => row.Replace("|carried_", "|", StringComparison.Ordinal)));
    }

    [Theory, Requirement("E30")]
    [InlineData("type: cumulative")]
    [InlineData("type: rolling")]
    public async Task A_cumulative_metric_counts_each_client_once(string type)
    {
        await using var warehouse = await MetricWarehouse.CreateAsync(Visits);

        await warehouse.BuildAsync(Metrics(
            Metric("seen", $"{type}, date_column: at, entity_keys: [], expression: count(distinct client)"),
            Metric("minutes", $"{type}, date_column: at, entity_keys: [], expression: sum(minutes)"),
            Metric("seen_by_format", $"{type}, date_column: at, entity_keys: [], dimension: format, expression: count(distinct client)"),
            Metric("seen_otherwise", $"{type}, date_column: at, entity_keys: [], dimension: format, expression: count(distinct (client))"),
            Metric("longest", $"{type}, date_column: at, entity_keys: [], expression: max(minutes)")), "2025-01-05");

        var rows = await warehouse.RowsAsync();
        Assert.Equal(["30", "30", "30", "30", "30"], rows.Where(row => row.Contains("|longest|", StringComparison.Ordinal)).Select(row => row.Split('|')[4]));
        Assert.Equal(["30", "60", "65", "65", "65"], rows.Where(row => row.Contains("|minutes|", StringComparison.Ordinal)).Select(row => row.Split('|')[4]));
        Assert.Equal(
            rows.Where(row => row.Contains("|seen_otherwise|", StringComparison.Ordinal)),
            rows.Where(row => row.Contains("|seen_by_format|", StringComparison.Ordinal)).Select(row => row.Replace("seen_by_format", "seen_otherwise", StringComparison.Ordinal)));
        Assert.Equal(["1", "1", "2", "3", "3"], rows.Where(row => row.Contains("|seen|", StringComparison.Ordinal)).Select(row => row.Split('|')[4]));
    }

    [Fact, Requirement("E33")]
    public async Task Days_before_the_start_have_no_rows_and_count_all_the_same()
    {
        await using var warehouse = await MetricWarehouse.CreateAsync(Visits);
        const string Start = "date_column: at, entity_keys: [], start: 2025-01-03";

        await warehouse.BuildAsync(Metrics(
            Metric("total", $"type: cumulative, {Start}, expression: count(*)"), Metric("longest", $"type: cumulative, {Start}, expression: max(minutes)"), Metric("visits", $"{Start}, expression: count(*)")), "2025-01-04");

        Assert.Equal(
            ["01-03|longest|∅|∅|30|active", "01-04|longest|∅|∅|30|active", "01-03|total|∅|∅|4|active", "01-04|total|∅|∅|5|active", "01-03|visits|∅|∅|1|active", "01-04|visits|∅|∅|1|active"],
            await warehouse.RowsAsync());
    }

    [Fact, Requirement("E29", "E33")]
    public async Task A_ratio_of_expressions_is_null_where_it_divides_by_zero()
    {
        await using var warehouse = await MetricWarehouse.CreateAsync(Visits);
        const string Ratio = "{ id: video, unit: percent, description: d, version: 1, source_model: visits, date_column: at, numerator: count(*) filter (where format = 'video'), denominator: count(format) }";

        await warehouse.BuildAsync(Metrics(Ratio), "2025-01-04");

        Assert.Equal(
            ["01-01|video|o1|∅|100.0000|active", "01-02|video|o1|∅|50.0000|active", "01-03|video|o1|∅|∅|active", "01-03|video|∅|∅|100.0000|active", "01-04|video|o1|∅|∅|active", "01-04|video|∅|∅|∅|active"],
            await warehouse.RowsAsync());
    }

    [Fact, Requirement("E30", "E33")]
    public async Task A_ratio_of_metrics_has_the_days_of_its_denominator()
    {
        await using var warehouse = await MetricWarehouse.CreateAsync(Visits);
        var entries = Metrics(
            Metric("active", "type: rolling, window_days: 2, date_column: at, expression: count(distinct client)"),
            Metric("all_clients", "type: snapshot, expression: count(distinct client)"),
            "{ id: percent_active, unit: percent, description: d, version: 1, numerator: active, denominator: all_clients }");

        await warehouse.BuildAsync(entries, "2025-01-04");

        Assert.Equal(
            ["01-04|percent_active|o1|∅|33.3333|active", "01-04|percent_active|∅|∅|100.0000|active"],
            (await warehouse.RowsAsync()).Where(row => row.Contains("percent_active", StringComparison.Ordinal)));
    }

    [Fact, Requirement("E33")]
    public async Task A_snapshot_keeps_its_days_and_rewrites_only_its_own()
    {
        await using var warehouse = await MetricWarehouse.CreateAsync(Visits);
        var entries = Metrics(Metric("clients", "type: snapshot, expression: count(distinct client)"));

        await warehouse.BuildAsync(entries, "2025-01-10");
        await warehouse.Database.ExecuteAsync("delete from models.visits where client = 'c2'");
        await warehouse.BuildAsync(entries, "2025-01-11");
        await warehouse.Database.ExecuteAsync("delete from models.visits where organization_id is null");
        await warehouse.BuildAsync(entries, "2025-01-11");
        await warehouse.Database.ExecuteAsync("delete from models.visits");
        await warehouse.BuildAsync(entries, "2025-01-10");

        Assert.Equal(["01-10|clients|o1|∅|3|active", "01-10|clients|∅|∅|1|active", "01-11|clients|o1|∅|2|active"], await warehouse.RowsAsync());
    }

    [Fact]
    public async Task Small_cells_are_suppressed_and_zeros_are_not()
    {
        await using var warehouse = await MetricWarehouse.CreateAsync(Visits);
        var entries = Metrics(
            Metric("few", "date_column: at, entity_keys: [], expression: count(*), suppress_below: 2"),
            "{ id: mean, unit: number, description: d, version: 1, source_model: visits, date_column: at, entity_keys: [], expression: avg(minutes), suppress_below: 2 }",
            "{ id: share, unit: percent, description: d, version: 1, source_model: visits, date_column: at, entity_keys: [], numerator: count(*) filter (where format = 'video'), denominator: count(*), suppress_below: 2 }",
            Metric("all_visits", "date_column: at, entity_keys: [], expression: count(*)"),
            "{ id: quotient, unit: percent, description: d, version: 1, numerator: few, denominator: all_visits }");

        await warehouse.BuildAsync(entries, "2025-01-05");

        var rows = (await warehouse.RowsAsync()).Select(row => row.Replace("|∅|∅|", "|", StringComparison.Ordinal)).ToList();
        Assert.Equal(["01-01|few|∅|suppressed", "01-02|few|2|active", "01-03|few|∅|suppressed", "01-04|few|∅|suppressed", "01-05|few|0|active"], rows.Where(row => row.Contains("|few|", StringComparison.Ordinal)));
        Assert.Equal(["∅|suppressed", "15.0000|active", "∅|suppressed", "∅|suppressed", "∅|active"], rows.Where(row => row.Contains("|mean|", StringComparison.Ordinal)).Select(row => row[11..]));
        Assert.Equal(["∅|suppressed", "∅|suppressed", "∅|suppressed", "∅|suppressed", "∅|active"], rows.Where(row => row.Contains("|share|", StringComparison.Ordinal)).Select(row => row[12..]));
        Assert.Equal(["∅|suppressed", "100.0000|active", "∅|suppressed", "∅|suppressed", "∅|active"], rows.Where(row => row.Contains("|quotient|", StringComparison.Ordinal)).Select(row => row[15..]));
    }

    [Fact, Requirement("E32", "E34")]
    public async Task Own_models_join_the_catalogue_and_aliases_repeat_rows()
    {
        await using var warehouse = await MetricWarehouse.CreateAsync(Visits);
        await warehouse.Database.ExecuteAsync("alter table models.visits rename column at to period_date; alter table models.visits rename column minutes to value");

        await warehouse.BuildAsync(Metrics(Metric("own", "type: simple, expression: sum(value), entity_keys: organization_id, aliases: [old_name], filter: \"period_date < {{ as_of }}\"")), "2025-01-02");

        Assert.Equal(
            ["01-01|old_name|o1|∅|30|active", "01-02|old_name|o1|∅|0|active", "01-01|own|o1|∅|30|active", "01-02|own|o1|∅|0|active"],
            await warehouse.RowsAsync());
    }

    [Fact]
    public async Task Unchanged_rows_are_never_counted_again_on_the_same_day()
    {
        await using var warehouse = await MetricWarehouse.CreateAsync(Visits);
        var entries = Metrics(
            Metric("a", "date_column: at, expression: count(*)"),
            Metric("z", "date_column: at, expression: count(*), zone: America/New_York"),
            Metric("b", "type: cumulative, date_column: at, expression: count(distinct client), suppress_below: 5"),
            Metric("c", "type: rolling, window_days: 30, date_column: at, expression: count(distinct client), dimension: format"),
            Metric("d", "expression: count(*)"),
            "{ id: e, unit: percent, description: d, version: 1, numerator: a, denominator: d }");

        await warehouse.BuildAsync(entries, "2025-01-05");

        Assert.Empty(await new GeneratedModelBuilder(warehouse.Database).WhyNeverFreshAsync(MetricModels.From(MetricWarehouse.Catalog(entries))));
    }
}
