
namespace Tributary.Tests.Live.Models;

public sealed class TemplateQueryTests
{
    [Fact]
    public async Task Templates_ask_the_warehouse_and_pivot_what_it_answers()
    {
        await using var shop = await Warehouse.CreateAsync("""
            --- seeds/sales.csv
            kind,amount
            a,1
            b,2
            a,3
            --- macros/kinds.sql
            {% macro kinds() %}
                {% set found = run_query("select distinct kind from " ~ ref('sales') ~ " order by 1") %}
                {{ return(found.columns[0].values() if execute else []) }}
            {% endmacro %}
            --- models/pivot.sql
            {%- set columns = adapter.get_columns_in_relation(ref('sales')) -%}
            select
            {%- for kind in kinds() %}
                sum(amount) filter (where kind = {{ dbt.string_literal(kind) }}) as {{ adapter.quote('of ' ~ kind) }},
            {%- endfor %}
                '{{ columns | map(attribute='name') | join(',') }}' as names,
                {{ dbt.datediff("'2025-01-31'::date", "'2025-03-01'::date", 'month') }} as months
            from {{ ref('sales') }}
            """);
        await shop.BuildAsync();
        shop.AssertNoErrors();
        Assert.Equal(["4|2|kind,amount|2"], await shop.Database.LinesAsync("select * from analytics.pivot"));
    }

    [Fact]
    [Requirement("E11")]
    public async Task Compiles_and_shows_without_building()
    {
        await using var shop = await Warehouse.CreateAsync("""
            --- models/a.sql
            select 1 as id, null as nothing union all select 2, 'x'
            """);
        var project = shop.Load();
        var context = await shop.ContextAsync();
        var compiled = Assert.Single(await project.CompileAsync(project.Nodes, context, threads: 1, TestContext.Current.CancellationToken)).CompiledCode;
        Assert.Equal("select 1 as id, null as nothing union all select 2, 'x'", compiled);
        var preview = await project.ShowAsync("model.shop.a", 1, context, TestContext.Current.CancellationToken);
        Assert.Equal("id nothing / 1 ∅", $"{string.Join(' ', preview.Columns)} / {string.Join(' ', preview.Rows.Single().Select(value => value ?? "∅"))}");
        Assert.Equal(0L, await shop.Database.ScalarAsync<long>("select count(*) from pg_class where relname = 'a'"));
    }

    [Fact]
    public async Task Two_builds_at_once_end_with_one_good_relation()
    {
        await using var shop = await Warehouse.CreateAsync("""
            --- models/a.sql
            {{ config(materialized='table') }} select 1 as id
            --- models/b.sql
            select id from {{ ref('a') }}
            """);
        var ends = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => shop.BuildAsync())));
        shop.AssertNoErrors();
        Assert.All(ends, end => Assert.Equal("built", end["b"]));
        Assert.Equal(["1"], await shop.Database.LinesAsync("select id from analytics.b"));
    }
}
