
namespace Tributary.Tests.Live.Models;

public sealed class IncrementalTests
{
    private const string Rows = """
        --- seeds/rows.csv
        id,version,text
        1,1,one
        2,1,two
        """;

    private const string MoreRows = """
        --- seeds/rows.csv
        id,version,text
        2,2,TWO
        3,2,three
        """;

    [Theory]
    [InlineData("incremental_strategy='append'", "1|one 2|two 2|TWO 3|three")]
    [InlineData("unique_key='id'", "1|one 2|TWO 3|three")]
    [InlineData("unique_key=['id', 'version'], incremental_strategy='delete+insert'", "1|one 2|two 2|TWO 3|three")]
    [InlineData("unique_key='id', incremental_strategy='merge'", "1|one 2|TWO 3|three")]
    [InlineData("unique_key='id', incremental_strategy='merge', merge_exclude_columns=['text']", "1|one 2|two 3|three")]
    public async Task New_rows_join_the_table_by_the_strategy(string config, string expected)
    {
        await using var shop = await Warehouse.CreateAsync(Rows + $$$"""

            --- models/grown.sql
            {{ config(materialized='incremental', {{{config}}}) }}
            select * from {{ ref('rows') }}
            {% if is_incremental() %}where version > (select max(version) from {{ this }}){% endif %}
            """);
        await shop.BuildAsync();
        shop.Write(MoreRows);
        var ends = await shop.BuildAsync();
        shop.AssertNoErrors();
        Assert.Equal("built", ends["grown"]);
        Assert.Equal(expected, string.Join(' ', await shop.Database.LinesAsync("select id, text from analytics.grown order by id, version, text desc")));
        Assert.Equal("fresh", (await shop.BuildAsync())["grown"]);
        await shop.BuildAsync(fullRefresh: true);
        Assert.Equal(["2|TWO", "3|three"], await shop.Database.LinesAsync("select id, text from analytics.grown order by id"));
    }

    [Theory]
    [InlineData("ignore", "id")]
    [InlineData("append_new_columns", "id old more")]
    [InlineData("sync_all_columns", "id more")]
    [InlineData("fail", null)]
    public async Task Columns_that_change_are_treated_as_on_schema_change_says(string mode, string? columns)
    {
        await using var shop = await Warehouse.CreateAsync($$$"""
            --- models/grown.sql
            {{ config(materialized='incremental', on_schema_change='{{{mode}}}') }}
            select 1 as id, 'x' as old
            """);
        await shop.BuildAsync();
        shop.Write($$$"""
            --- models/grown.sql
            {{ config(materialized='incremental', on_schema_change='{{{mode}}}') }}
            select 2 as id, 3 as more{{ ", 'x' as old" if '{{{mode}}}' == 'ignore' }}
            """);
        var end = (await shop.BuildAsync())["grown"];
        if (columns is null)
        {
            Assert.Equal("failed", end);
            Assert.Contains("new [more], gone [old]", shop.Errors["grown"].Message, StringComparison.Ordinal);
            return;
        }
        shop.AssertNoErrors();
        var found = await shop.Database.LinesAsync("select attname from pg_attribute where attrelid = 'analytics.grown'::regclass and attnum > 0 and not attisdropped order by attnum");
        Assert.Equal(mode == "ignore" ? "id old" : columns, string.Join(' ', found));
        Assert.Equal(2L, await shop.Database.ScalarAsync<long>("select count(*) from analytics.grown"));
    }
}
