namespace Tributary.Tests.Live.Models;

/// <summary>A unit test stands as long as its SQL does, whatever happens to the data.</summary>
public sealed class UnitTestFreshnessTests
{
    [Fact]
    public async Task New_data_leaves_a_pass_alone_and_new_sql_or_rows_do_not()
    {
        await using var shop = await Warehouse.CreateAsync("""
            --- seeds/s.csv
            id
            1
            --- models/a.sql
            {{ config(materialized='table') }} select id * 2 as id from {{ ref('s') }}
            --- models/unit.yml
            unit_tests:
              - name: doubled
                model: a
                given: [{input: ref('s'), rows: [{id: 3}]}]
                expect: {rows: [{id: 6}]}
            """);
        Assert.Equal("built", (await shop.BuildAsync())["doubled"]);
        Assert.Equal("fresh", (await shop.BuildAsync())["doubled"]);
        shop.Write("--- seeds/s.csv\nid\n2\n");
        var ends = await shop.BuildAsync();
        Assert.Equal(("built", "fresh"), (ends["a"], ends["doubled"]));
        shop.Write("--- models/a.sql\n{{ config(materialized='table') }} select id + id + 0 as id from {{ ref('s') }}");
        Assert.Equal("built", (await shop.BuildAsync())["doubled"]);
        shop.Write("--- models/a.sql\n{{ config(materialized='table') }} select id + 0 as id from {{ ref('s') }}");
        Assert.Equal("failed", (await shop.BuildAsync())["doubled"]);
        Assert.Equal("failed", (await shop.BuildAsync())["doubled"]);
    }
}
