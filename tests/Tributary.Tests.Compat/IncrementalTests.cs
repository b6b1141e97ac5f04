using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat;

/// <summary>Tables that grow, by each strategy.</summary>
public sealed class IncrementalTests
{
    [Theory]
    [InlineData("incremental_strategy='append'", "1|a 2|b 2|B 3|c")]
    [InlineData("unique_key='id'", "1|a 2|B 3|c")]
    [InlineData("unique_key='id', incremental_strategy='delete+insert'", "1|a 2|B 3|c")]
    [InlineData("unique_key=['id', 'day'], incremental_strategy='delete+insert'", "1|a 2|b 2|B 3|c")]
    [InlineData("unique_key=\"id + 0\", incremental_strategy='delete+insert'", "1|a 2|B 3|c")]
    [InlineData("unique_key='id', incremental_strategy='delete+insert', incremental_predicates=[\"DBT_INTERNAL_DEST.day > '2024-01-02'\"]", "1|a 2|b 2|B 3|c")]
    [InlineData("unique_key='id', incremental_strategy='delete+insert', predicates=[\"day = '2024-01-02'\"]", "1|a 2|B 3|c")]
    [InlineData("unique_key='id', incremental_strategy='merge'", "1|a 2|B 3|c")]
    [InlineData("unique_key=['id', 'day'], incremental_strategy='merge'", "1|a 2|b 2|B 3|c")]
    [InlineData("incremental_strategy='merge'", "1|a 2|b 2|B 3|c")]
    [InlineData("unique_key='id', incremental_strategy='merge', merge_update_columns=['day']", "1|a 2|b 3|c")]
    [InlineData("unique_key='id', incremental_strategy='merge', merge_exclude_columns=['text']", "1|a 2|b 3|c")]
    [InlineData("unique_key='id', incremental_strategy='merge', incremental_predicates=['DBT_INTERNAL_DEST.id > 5']", "1|a 2|b 2|B 3|c")]
    public async Task New_rows_join_the_table(string config, string expected)
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("models/grown.sql", $$$"""
            {{ config(materialized='incremental', {{{config}}}) }}
            {% if is_incremental() %}
            select * from (values ('B', date '2024-01-03', 2), ('c', date '2024-01-03', 3)) as t (text, day, id)
            {% else %}
            select * from (values (1, 'a', date '2024-01-01'), (2, 'b', date '2024-01-02')) as t (id, text, day)
            {% endif %}
            """);
        (await project.RunAsync("run")).Ok();
        (await project.RunAsync("run")).Ok();
        Assert.Equal(expected, string.Join(' ', await project.LinesAsync("select id, text from dbt.grown order by id, text desc")));
        (await project.RunAsync("run", "--full-refresh")).Ok();
        Assert.Equal(["1|a", "2|b"], await project.LinesAsync("select id, text from dbt.grown order by id"));
    }

    [Fact]
    public async Task A_model_may_refuse_or_demand_a_full_refresh()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("models/kept.sql", "{{ config(materialized='incremental', full_refresh=false) }} select 1 as id");
        project.Write("models/anew.sql", "{{ config(materialized='incremental', full_refresh=true) }} select 1 as id");
        (await project.RunAsync("run")).Ok();
        (await project.RunAsync("run", "--full-refresh")).Ok();
        Assert.Equal(["2|1"], await project.LinesAsync("select (select count(*) from dbt.kept), (select count(*) from dbt.anew)"));
    }

    [Theory]
    [InlineData("ignore", "id old", "1|x 2|x")]
    [InlineData("append_new_columns", "id old more", "1|x|∅ 2|∅|3")]
    [InlineData("sync_all_columns", "id more", "1|∅ 2|3")]
    public async Task Columns_that_come_and_go_are_treated_as_on_schema_change_says(string mode, string columns, string rows)
    {
        await using var project = await GrowingAsync($"on_schema_change='{mode}'", mode == "ignore" ? "2 as id, 'x' as old, 3 as more" : "2 as id, 3 as more");
        (await project.RunAsync("run")).Ok();
        Assert.Equal(columns, string.Join(' ', await project.LinesAsync("select attname from pg_attribute where attrelid = 'dbt.grown'::regclass and attnum > 0 and not attisdropped order by attnum")));
        Assert.Equal(rows, string.Join(' ', await project.LinesAsync("select * from dbt.grown order by id")));
    }

    [Fact]
    public async Task Columns_that_differ_fail_the_model_when_it_says_so()
    {
        await using var project = await GrowingAsync("on_schema_change='fail'", "2 as id, 3 as more");
        var run = (await project.RunAsync("run")).Expect(1);
        Assert.Contains("new [more], gone [old]", run.Err + run.Out, StringComparison.Ordinal);
        Assert.Equal(["1|x"], await project.LinesAsync("select * from dbt.grown"));
    }

    [Fact]
    public async Task Texts_that_grow_widen_their_column_and_other_types_follow_when_columns_are_synced()
    {
        await using var project = await GrowingAsync("on_schema_change='sync_all_columns'", "2.5::numeric as id, 'longer'::varchar(20) as old", "1 as id, 'x'::varchar(2) as old");
        await project.ExecuteAsync("create view dbt.over as select old from dbt.grown where id > 0");
        (await project.RunAsync("run")).Ok();
        Assert.Equal(["id|numeric", "old|character varying(20)"], await project.LinesAsync("select attname, format_type(atttypid, atttypmod) from pg_attribute where attrelid = 'dbt.grown'::regclass and attnum > 0 and not attisdropped order by 1"));
        Assert.Equal(["longer", "x"], await project.LinesAsync("select old from dbt.over order by 1"));
    }

    [Fact]
    public async Task A_project_adds_a_strategy_and_takes_the_place_of_a_built_in_one()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("macros/strategies.sql", """
            {% macro get_incremental_insert_new_sql(arg_dict) %}
                insert into {{ arg_dict['target_relation'] }} select * from {{ arg_dict['temp_relation'] }} t where not exists (select 1 from {{ arg_dict['target_relation'] }} o where o.id = t.id)
            {% endmacro %}
            {% macro get_incremental_append_sql(arg_dict) %}
                insert into {{ arg_dict['target_relation'] }} select id + 100, text from {{ arg_dict['temp_relation'] }}
            {% endmacro %}
            """);
        project.Write("models/a.sql", "{{ config(materialized='incremental', incremental_strategy='insert_new') }} select * from (values (1, 'x'){% if is_incremental() %}, (2, 'y'){% endif %}) as t (id, text)");
        project.Write("models/b.sql", "{{ config(materialized='incremental', incremental_strategy='append') }} select 1 as id, 'x' as text");
        (await project.RunAsync("run")).Ok();
        (await project.RunAsync("run")).Ok();
        Assert.Equal(["1|x", "2|y"], await project.LinesAsync("select * from dbt.a order by 1"));
        Assert.Equal(["1|x", "101|x"], await project.LinesAsync("select * from dbt.b order by 1"));
    }

    private static async Task<DbtProject> GrowingAsync(string config, string later, string first = "1 as id, 'x' as old")
    {
        var project = await DbtProject.CreateAsync();
        project.Write("models/grown.sql", $"{{{{ config(materialized='incremental', {config}) }}}} select {first}");
        (await project.RunAsync("run")).Ok();
        project.Write("models/grown.sql", $"{{{{ config(materialized='incremental', {config}) }}}} select {later}");
        return project;
    }
}
