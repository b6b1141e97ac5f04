
namespace Tributary.Tests.Live.Models;

public sealed class MaterializationTests
{
    [Fact]
    [Requirement("E4")]
    public async Task Views_tables_ephemerals_seeds_and_tests_are_built_in_order()
    {
        await using var shop = await Warehouse.CreateAsync(""""
            --- seeds/orders.csv
            id,placed,amount,paid,note
            1,2025-01-02,10.50,true,"a ""b"""
            2,2025-01-03,7,false,
            3,2025-01-04,1.25,true,null
            --- models/paid.sql
            {{ config(materialized='ephemeral') }}
            select * from {{ ref('orders') }} where paid
            --- models/paid_orders.sql
            select id, amount from {{ ref('paid') }}
            --- models/totals.sql
            {{ config(materialized='table', schema='mart', indexes=[{'columns': ['orders'], 'unique': true}]) }}
            with own as (select * from {{ ref('paid_orders') }})
            select count(*) as orders, sum(own.amount) as amount from own join {{ ref('paid') }} p using (id)
            --- models/p.yml
            models:
              - name: paid_orders
                columns: [{name: id, tests: [unique, not_null, {relationships: {to: ref('orders'), field: id}}]}]
              - name: totals
                columns: [{name: orders, tests: [{accepted_values: {values: [2], quote: false}}]}]
            --- tests/no_negative.sql
            select * from {{ ref('paid_orders') }} where amount < 0
            """");
        var ends = await shop.BuildAsync();
        shop.AssertNoErrors();
        Assert.All(ends.Where(end => end.Key != "paid"), end => Assert.Equal("built", end.Value));
        Assert.Equal(["2|11.75"], await shop.Database.LinesAsync("select * from analytics_mart.totals"));
        Assert.Equal(
            ["id|integer", "placed|date", "amount|double precision", "paid|boolean", "note|text"],
            await shop.Database.LinesAsync("select column_name, data_type from information_schema.columns where table_name = 'orders' order by ordinal_position"));
        Assert.Equal(["a \"b\"", "∅", "∅"], await shop.Database.LinesAsync("select note from analytics.orders order by id"));
        Assert.Equal(1L, await shop.Database.ScalarAsync<long>("select count(*) from pg_indexes where tablename = 'totals' and indexdef like '%UNIQUE%'"));
        Assert.Equal(0L, await shop.Database.ScalarAsync<long>("select count(*) from pg_class where relname like '%dbt_tmp%'"));
        ends = await shop.BuildAsync();
        Assert.All(ends.Values, end => Assert.Equal("fresh", end));
    }

    [Fact]
    public async Task A_rebuilt_table_keeps_its_views_and_grants()
    {
        await using var shop = await Warehouse.CreateAsync("""
            --- models/base.sql
            {{ config(materialized='table') }}
            select 1 as id
            """);
        await shop.BuildAsync();
        var reader = await shop.Database.CreateRoleAsync();
        await shop.Database.ExecuteAsync($"create view analytics.over as select id from analytics.base; grant select on analytics.base, analytics.over to \"{reader}\"");
        shop.Write("""
            --- models/base.sql
            {{ config(materialized='table') }}
            select 2 as id, 'x' as more
            """);
        Assert.Equal("built", (await shop.BuildAsync())["base"]);
        Assert.Equal(["2"], await shop.Database.LinesAsync("select * from analytics.over"));
        Assert.Equal(2L, await shop.Database.ScalarAsync<long>($"select count(*) from information_schema.role_table_grants where grantee = '{reader}'"));
    }

    [Fact]
    public async Task A_view_becomes_a_table_and_back()
    {
        await using var shop = await Warehouse.CreateAsync("--- models/a.sql\nselect 1 as id");
        await shop.BuildAsync();
        shop.Write("--- models/a.sql\n{{ config(materialized='table') }} select 1 as id");
        await shop.BuildAsync();
        Assert.Equal("r", await shop.Database.ScalarAsync<string>("select relkind::text from pg_class where relname = 'a'"));
        shop.Write("--- models/a.sql\n{{ config(materialized='view') }} select 1 as id");
        await shop.BuildAsync();
        shop.AssertNoErrors();
        Assert.Equal("v", await shop.Database.ScalarAsync<string>("select relkind::text from pg_class where relname = 'a'"));
    }

    [Fact]
    [Requirement("E37")]
    public async Task A_failed_build_keeps_the_last_good_relation_and_stays_due()
    {
        await using var shop = await Warehouse.CreateAsync("--- models/a.sql\n{{ config(materialized='table') }} select 1 as id");
        await shop.BuildAsync();
        shop.Write("--- models/a.sql\n{{ config(materialized='table') }}\nselect 1 as id,\n       1 / (select 0) as broken");
        Assert.Equal("failed", (await shop.BuildAsync())["a"]);
        Assert.Equal(["1"], await shop.Database.LinesAsync("select * from analytics.a"));
        shop.Write("--- models/a.sql\n{{ config(materialized='table') }} select 1 as id");
        Assert.Equal("built", (await shop.BuildAsync())["a"]);
    }

    [Fact]
    public async Task The_databases_error_names_the_models_line_and_the_compiled_file()
    {
        await using var shop = await Warehouse.CreateAsync("""
            --- models/a.sql
            {{ config(
                materialized='table') }}
            select 1 as id,
                   nowhere.x as broken
            """);
        Assert.Equal("failed", (await shop.BuildAsync())["a"]);
        Assert.Equal("models/a.sql:4: TRB0304: missing FROM-clause entry for table \"nowhere\" (target/compiled/shop/models/a.sql:2:8)", (shop.Errors["a"] with { Hint = null }).ToString());
        Assert.StartsWith("select 1 as id", await File.ReadAllTextAsync(Path.Combine(shop.Folder, "target/compiled/shop/models/a.sql")));
    }

    [Fact]
    [Requirement("E38")]
    public async Task A_test_fails_warns_or_passes_by_its_thresholds()
    {
        await using var shop = await Warehouse.CreateAsync("""
            --- models/a.sql
            {{ config(materialized='table') }} select * from (values (1), (1), (null), (9)) v(id)
            --- models/p.yml
            models:
              - name: a
                columns:
                  - name: id
                    tests:
                      - unique: {name: fails}
                      - not_null: {name: warns, severity: warn}
                      - not_null: {name: allows, error_if: ">1", warn_if: ">1"}
                      - not_null: {name: looks_elsewhere, where: "id > 0"}
            """);
        var ends = await shop.BuildAsync();
        Assert.Equal(("failed", "warned", "built", "built"), (ends["fails"], ends["warns"], ends["allows"], ends["looks_elsewhere"]));
        ends = await shop.BuildAsync();
        Assert.Equal(("failed", "warned", "fresh", "fresh"), (ends["fails"], ends["warns"], ends["allows"], ends["looks_elsewhere"]));
    }

    [Fact]
    public async Task A_project_puts_its_own_materialization_and_macros_in_place()
    {
        await using var shop = await Warehouse.CreateAsync("""
            --- macros/own.sql
            {% materialization marked_table, default %}
                {%- set target_relation = this.incorporate(type='table') -%}
                {% call statement('main') %}create table if not exists {{ target_relation }} as select 'mine'::text as mark, q.* from ({{ sql }}) q{% endcall %}
                {{ return({'relations': [target_relation]}) }}
            {% endmaterialization %}
            {% macro postgres__create_table_as(temporary, relation, sql) %}create table {{ relation }} as select 'override'::text as mark, q.* from ({{ sql }}) q{% endmacro %}
            --- models/a.sql
            {{ config(materialized='marked_table') }} select 1 as id
            --- models/b.sql
            {{ config(materialized='table') }} select 2 as id
            """);
        await shop.BuildAsync();
        shop.AssertNoErrors();
        Assert.Equal(["mine|1"], await shop.Database.LinesAsync("select * from analytics.a"));
        Assert.Equal(["override|2"], await shop.Database.LinesAsync("select * from analytics.b"));
    }

    [Fact]
    public async Task Hooks_run_inside_the_transaction_or_after_it()
    {
        await using var shop = await Warehouse.CreateAsync("""
            --- models/a.sql
            {{ config(materialized='table',
                      pre_hook="create temporary table seen as select 7 as n",
                      post_hook=["insert into {{ this }} values (8)", {'sql': 'vacuum {{ this }}', 'transaction': false}]) }}
            select n from seen
            """);
        Assert.Equal("built", (await shop.BuildAsync())["a"]);
        Assert.Equal(["7", "8"], await shop.Database.LinesAsync("select n from analytics.a order by n"));
    }

    [Fact]
    public async Task Grants_and_comments_are_as_the_configuration_says()
    {
        await using var shop = await Warehouse.CreateAsync("");
        var reader = await shop.Database.CreateRoleAsync("one");
        var other = await shop.Database.CreateRoleAsync("two");
        shop.Write($$$"""
            --- models/a.sql
            {{ config(materialized='table', grants={'select': ['{{{reader}}}']}, persist_docs={'relation': true, 'columns': true}) }} select 1 as id
            --- models/p.yml
            models: [{name: a, description: "It's one", columns: [{name: id, description: The key}]}]
            """);
        await shop.BuildAsync();
        shop.AssertNoErrors();
        Assert.Equal(["It's one|The key"], await shop.Database.LinesAsync("select obj_description('analytics.a'::regclass), col_description('analytics.a'::regclass, 1)"));
        Assert.Equal([reader], await GranteesAsync());
        shop.Write($$$"""
            --- models/a.sql
            {{ config(materialized='table', grants={'select': '{{{other}}}'}) }} select 1 as id
            """);
        await shop.BuildAsync();
        shop.AssertNoErrors();
        Assert.Equal([other], await GranteesAsync());

        async Task<string[]> GranteesAsync() => await shop.Database.LinesAsync(
            "select acl.grantee::regrole::text from pg_class c, aclexplode(c.relacl) acl where c.oid = 'analytics.a'::regclass and acl.grantee <> c.relowner");
    }

    [Fact]
    public async Task A_seed_keeps_text_as_it_is_and_takes_given_types()
    {
        await using var shop = await Warehouse.CreateAsync("""
            --- seeds/s.csv
            code,zip,big,other
            "a	b\c",00501,3000000000,x
            "two
            lines",10001,1,null
            --- seeds/p.yml
            seeds: [{name: s, config: {column_types: {zip: varchar(10)}}}]
            """);
        await shop.BuildAsync();
        shop.AssertNoErrors();
        Assert.Equal(["a\tb\\c|00501|3000000000|x", "two\nlines|10001|1|∅"], await shop.Database.LinesAsync("select * from analytics.s"));
        Assert.Equal("character varying(10) bigint", await shop.Database.ScalarAsync<string>(
            "select string_agg(format_type(atttypid, atttypmod), ' ' order by attnum) from pg_attribute where attrelid = 'analytics.s'::regclass and attnum in (2, 3)"));
    }

    [Theory]
    [InlineData("select 2 as id", "2")]
    [InlineData("select 2 as id, 'x' as more", "2")]
    [InlineData("select 'two'::text as id", "two")]
    [InlineData("select 'x' as other, 2 as id", "2")]
    public async Task A_view_that_changes_keeps_the_views_over_it_and_their_grants(string sql, string expected)
    {
        await using var shop = await Warehouse.CreateAsync("--- models/a.sql\nselect 1 as id");
        await shop.BuildAsync();
        var reader = await shop.Database.CreateRoleAsync();
        await shop.Database.ExecuteAsync($"create view analytics.over as select id from analytics.a; grant select on analytics.a, analytics.over to \"{reader}\"");
        shop.Write($"--- models/a.sql\n{sql}");
        await shop.BuildAsync();
        shop.AssertNoErrors();
        Assert.Equal(expected, await shop.Database.ScalarAsync<string>("select id::text from analytics.over"));
        Assert.Equal(2L, await shop.Database.ScalarAsync<long>($"select count(*) from information_schema.role_table_grants where grantee = '{reader}'"));
        Assert.Equal("fresh", (await shop.BuildAsync())["a"]);
    }
}
