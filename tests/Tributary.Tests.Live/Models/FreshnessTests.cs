
namespace Tributary.Tests.Live.Models;

public sealed class FreshnessTests
{
    [Fact]
    [Requirement("X3")]
    public async Task What_did_not_change_is_fresh_and_what_hangs_on_a_change_is_built()
    {
        await using var shop = await Warehouse.CreateAsync("""
            --- seeds/s.csv
            id
            1
            --- models/a.sql
            select id from {{ ref('s') }}
            --- models/b.sql
            {{ config(materialized='table') }} select id from {{ ref('a') }}
            --- models/c.sql
            {{ config(materialized='table') }} select 1 as id
            """);
        await shop.BuildAsync();
        shop.Write("--- seeds/s.csv\nid\n2\n");
        var ends = await shop.BuildAsync();
        Assert.Equal(("built", "built", "built", "fresh"), (ends["s"], ends["a"], ends["b"], ends["c"]));
        shop.Write("--- models/c.sql\n{{ config(materialized='table') }} select 2 as id");
        ends = await shop.BuildAsync();
        Assert.Equal(("fresh", "fresh", "fresh", "built"), (ends["s"], ends["a"], ends["b"], ends["c"]));
        shop.Write("--- models/c.sql\n{# a word to the reader #}{{ config(materialized='table', tags=['x']) }} select 2 as id");
        Assert.Equal("fresh", (await shop.BuildAsync())["c"]);
    }

    [Fact]
    public async Task A_function_of_the_users_that_changed_makes_its_callers_due()
    {
        await using var shop = await Warehouse.CreateAsync("""
            --- models/a.sql
            {{ config(materialized='table') }} select public.doubled(2) as n
            """);
        await shop.Database.ExecuteAsAdminAsync("create function public.doubled(int) returns int language sql immutable as 'select $1 * 2'");
        await shop.BuildAsync();
        Assert.Equal("fresh", (await shop.BuildAsync())["a"]);
        await shop.Database.ExecuteAsAdminAsync("create or replace function public.doubled(int) returns int language sql immutable as 'select $1 + $1 + 0'");
        Assert.Equal("built", (await shop.BuildAsync())["a"]);
        Assert.Equal("fresh", (await shop.BuildAsync())["a"]);
    }

    [Theory]
    [InlineData("select current_date as today")]
    [InlineData("select now() as at")]
    [InlineData("select random() as r")]
    [InlineData("select * from public.foreign_table")]
    public async Task What_changes_by_itself_or_by_others_is_never_fresh(string sql)
    {
        await using var shop = await Warehouse.CreateAsync($"--- models/a.sql\n{sql}\n--- models/b.sql\nselect 1 as x");
        await shop.Database.ExecuteAsAdminAsync("create table public.foreign_table as select 1 as id; grant select on public.foreign_table to public");
        await shop.BuildAsync();
        var ends = await shop.BuildAsync();
        Assert.Equal(("built", "fresh"), (ends["a"], ends["b"]));
    }

    [Fact]
    public async Task A_table_that_a_stranger_replaced_or_emptied_is_built_again()
    {
        await using var shop = await Warehouse.CreateAsync("""
            --- models/a.sql
            {{ config(materialized='table') }} select 1 as id
            --- models/b.sql
            {{ config(materialized='table') }} select 1 as id
            """);
        await shop.BuildAsync();
        await shop.Database.ExecuteAsync("drop table analytics.a; create table analytics.a as select 5 as id; truncate analytics.b");
        var ends = await shop.BuildAsync();
        Assert.Equal(("built", "built"), (ends["a"], ends["b"]));
        Assert.Equal(["1|1"], await shop.Database.LinesAsync("select a.id, b.id from analytics.a, analytics.b"));
    }

    [Fact]
    public async Task The_runs_instant_counts_by_its_day()
    {
        await using var shop = await Warehouse.CreateAsync("""
            --- models/a.sql
            {{ config(materialized='table') }} select {{ as_of }} as at, {{ as_of_date('America/New_York') }} as day
            --- models/b.sql
            {{ config(materialized='table') }} select 1 as id
            """);
        shop.AsOf = new DateTimeOffset(2025, 12, 31, 3, 0, 0, TimeSpan.Zero);
        await shop.BuildAsync();
        Assert.Equal("2025-12-30", await shop.Database.ScalarAsync<string>("select day::text from analytics.a"));
        shop.AsOf = shop.AsOf.AddHours(1);
        Assert.Equal("fresh", (await shop.BuildAsync())["a"]);
        shop.AsOf = shop.AsOf.AddDays(1);
        var ends = await shop.BuildAsync();
        Assert.Equal(("built", "fresh"), (ends["a"], ends["b"]));
    }

    [Fact]
    public async Task A_macro_that_stands_in_for_the_engines_is_part_of_what_a_model_is()
    {
        await using var shop = await Warehouse.CreateAsync("--- models/a.sql\n{{ config(materialized='table') }} select 1 as id");
        await shop.BuildAsync();
        shop.Write("--- macros/m.sql\n{% macro other() %}x{% endmacro %}");
        Assert.Equal("fresh", (await shop.BuildAsync())["a"]);
        shop.Write("--- macros/m.sql\n{% macro default__create_table_as(t, relation, sql) %}create table {{ relation }} as select 3 as id{% endmacro %}");
        Assert.Equal("built", (await shop.BuildAsync())["a"]);
    }

    [Fact]
    public async Task A_view_that_was_redefined_by_hand_is_built_again_and_one_whose_table_was_swapped_is_not()
    {
        await using var shop = await Warehouse.CreateAsync("""
            --- models/a.sql
            {{ config(materialized='table') }} select 1 as id
            --- models/b.sql
            select id from {{ ref('a') }}
            --- models/c.sql
            select 3 as id
            """);
        await shop.BuildAsync();
        Assert.Equal(["fresh", "fresh", "fresh"], (await shop.BuildAsync()).Values);
        await shop.Database.ExecuteAsync("create or replace view analytics.c as select 4 as id");
        var ends = await shop.BuildAsync();
        Assert.Equal(("fresh", "fresh", "built"), (ends["a"], ends["b"], ends["c"]));
        Assert.Equal(3, await shop.Database.ScalarAsync<int>("select id from analytics.c"));
        shop.Write("--- models/a.sql\n{{ config(materialized='table', meta={'x': 1}) }} select 2 as id");
        ends = await shop.BuildAsync();
        Assert.Equal(("built", "built", "fresh"), (ends["a"], ends["b"], ends["c"]));
        Assert.Equal(["fresh", "fresh", "fresh"], (await shop.BuildAsync()).Values);
    }

    [Fact]
    public async Task Seeds_views_snapshots_and_tests_are_skipped_when_nothing_changed()
    {
        await using var shop = await Warehouse.CreateAsync("""
            --- seeds/s.csv
            id,n
            1,5
            --- models/v.sql
            select id, n from {{ ref('s') }}
            --- snapshots/h.sql
            {% snapshot h %}{{ config(target_schema='analytics', unique_key='id', strategy='check', check_cols='all') }} select id, n from {{ ref('v') }}{% endsnapshot %}
            --- models/over.sql
            {{ config(materialized='incremental', unique_key='id') }} select id, n from {{ ref('h') }}
            --- tests/none.sql
            select id from {{ ref('over') }} where n < 0
            """);
        Assert.All((await shop.BuildAsync()).Values, end => Assert.Equal("built", end));
        shop.AssertNoErrors();
        Assert.All(await shop.BuildAsync(), end => Assert.True(end.Value == "fresh", end.Key));
        shop.Write("--- seeds/s.csv\nid,n\n1,6\n");
        Assert.All((await shop.BuildAsync()).Values, end => Assert.Equal("built", end));
        Assert.Equal(2L, await shop.Database.ScalarAsync<long>("select count(*) from analytics.h"));
    }

    [Theory]
    [InlineData("select 1 as id")]
    [InlineData("select {{ run_query('select 1').columns[0].values()[0] if execute }} as id")]
    public async Task A_build_waits_for_another_writer_of_the_same_relation(string sql)
    {
        await using var shop = await Warehouse.CreateAsync($"--- models/a.sql\n{{{{ config(materialized='table') }}}} {sql}");
        await using var other = await shop.Database.OpenAsync();
        var held = await Tributary.Core.Postgres.RelationLock.TakeAsync(other, new("analytics", "a"), _ => { }, TestContext.Current.CancellationToken);
        var build = shop.BuildAsync();
        await Task.Delay(500, TestContext.Current.CancellationToken);
        Assert.False(build.IsCompleted);
        await held.DisposeAsync();
        Assert.Equal("built", (await build)["a"]);
        shop.AssertNoErrors();
    }
}
