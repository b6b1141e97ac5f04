namespace Tributary.Tests.Live.Models;

/// <summary>A test that keeps its failing rows remembers a pass only as long as the relation for them stands.</summary>
public sealed class StoredFailuresTests
{
    [Fact]
    public async Task A_pass_is_kept_with_its_empty_relation_and_asked_for_again_without_it()
    {
        await using var shop = await Warehouse.CreateAsync("""
            --- models/a.sql
            {{ config(materialized='table') }} select 1 as id
            --- models/schema.yml
            models: [{name: a, columns: [{name: id, tests: [{unique: {store_failures: true}}, {not_null: {store_failures_as: view}}]}]}]
            """);
        Assert.Equal("built", (await shop.BuildAsync())["unique_a_id"]);
        var ends = await shop.BuildAsync();
        Assert.Equal(("fresh", "fresh"), (ends["unique_a_id"], ends["not_null_a_id"]));
        await shop.Database.ExecuteAsync("drop table analytics_dbt_test__audit.unique_a_id; drop view analytics_dbt_test__audit.not_null_a_id");
        ends = await shop.BuildAsync();
        Assert.Equal(("fresh", "built", "built"), (ends["a"], ends["unique_a_id"], ends["not_null_a_id"]));
        Assert.Equal(["0"], await shop.Database.LinesAsync("select count(*) from analytics_dbt_test__audit.unique_a_id"));
        shop.AssertNoErrors();
    }

    [Fact]
    public async Task A_failure_keeps_its_rows_and_stays_due()
    {
        await using var shop = await Warehouse.CreateAsync("""
            --- models/a.sql
            {{ config(materialized='table') }} select generate_series(1, 2) as id
            --- tests/none.sql
            {{ config(store_failures=true) }} select id from {{ ref('a') }}
            """);
        await shop.BuildAsync();
        Assert.Equal("failed", (await shop.BuildAsync())["none"]);
        Assert.Equal(["1", "2"], await shop.Database.LinesAsync("select id from analytics_dbt_test__audit.none order by 1"));
    }
}
