using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat.Running;

public sealed class CustomMaterializationTests
{
    /// <summary>As projects write them after dbt's own: intermediate and backup relations, renames, a commit in the middle.</summary>
    private const string Swapped = """
        {% materialization swapped, default %}
          {%- set existing_relation = load_cached_relation(this) -%}
          {%- set target_relation = this.incorporate(type='table') -%}
          {%- set intermediate_relation = make_intermediate_relation(target_relation) -%}
          {%- set preexisting_intermediate_relation = load_cached_relation(intermediate_relation) -%}
          {%- set backup_relation_type = 'table' if existing_relation is none else existing_relation.type -%}
          {%- set backup_relation = make_backup_relation(target_relation, backup_relation_type) -%}
          {%- set preexisting_backup_relation = load_cached_relation(backup_relation) -%}
          {{ drop_relation_if_exists(preexisting_intermediate_relation) }}
          {{ drop_relation_if_exists(preexisting_backup_relation) }}
          {{ run_hooks(pre_hooks, inside_transaction=False) }}
          {{ run_hooks(pre_hooks, inside_transaction=True) }}
          {% call statement('main') -%}
            {{ get_create_table_as_sql(False, intermediate_relation, sql) }}
          {%- endcall %}
          {% do create_indexes(intermediate_relation) %}
          {% if existing_relation is not none %}
            {% set existing_relation = load_cached_relation(existing_relation) %}
            {% if existing_relation is not none %}
              {{ adapter.rename_relation(existing_relation, backup_relation) }}
            {% endif %}
          {% endif %}
          {{ adapter.rename_relation(intermediate_relation, target_relation) }}
          {% do create_indexes(target_relation) %}
          {{ run_hooks(post_hooks, inside_transaction=True) }}
          {% set grant_config = config.get('grants') %}
          {% set should_revoke = should_revoke(existing_relation, full_refresh_mode=True) %}
          {% do apply_grants(target_relation, grant_config, should_revoke=should_revoke) %}
          {% do persist_docs(target_relation, model) %}
          {{ adapter.commit() }}
          {{ drop_relation_if_exists(backup_relation) }}
          {{ run_hooks(post_hooks, inside_transaction=False) }}
          {{ return({'relations': [target_relation]}) }}
        {% endmaterialization %}
        """;

    [Fact]
    public async Task One_that_swaps_by_hand_builds_and_builds_again()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("macros/swapped.sql", Swapped);
        project.Write("models/a.sql", "{{ config(materialized='swapped', post_hook=after_commit('vacuum {{ this }}')) }} select {{ var('n', 1) }} as id");
        project.Write("models/b.sql", "{{ config(materialized='table') }} select id from {{ ref('a') }}");
        (await project.RunAsync("run")).Ok();
        (await project.RunAsync("run", "--vars", "n: 2")).Ok();
        (await project.RunAsync("run", "--vars", "n: 3")).Ok();
        Assert.Equal(["3|3"], await project.LinesAsync("select a.id, b.id from dbt.a, dbt.b"));
        Assert.Equal(["a", "b"], await project.LinesAsync("select relname from pg_class where relnamespace = 'dbt'::regnamespace and relkind in ('r', 'v') order by 1"));
    }

    [Fact]
    public async Task A_view_takes_the_place_of_a_table_and_back()
    {
        await using var project = await DbtProject.CreateAsync();
        foreach (var kind in new[] { "table", "view", "swapped", "view", "table" })
        {
            project.Write("macros/swapped.sql", Swapped);
            project.Write("models/a.sql", $"{{{{ config(materialized='{kind}') }}}} select '{kind}' as kind");
            project.Write("models/b.sql", "select kind from {{ ref('a') }}");
            (await project.RunAsync("run")).Ok();
            Assert.Equal([kind], await project.LinesAsync("select kind from dbt.b"));
        }
    }

    [Fact]
    public async Task One_that_reads_answers_and_runs_several_statements_sees_what_it_did()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("macros/counted.sql", """
            {% materialization counted, adapter='postgres' %}
              {%- set target = api.Relation.create(identifier=model['alias'], schema=schema, database=database, type='table') -%}
              {%- do adapter.drop_relation(adapter.get_relation(database, schema, model['alias'])) -%}
              {% call statement('main') %}create table {{ target }} (id int, note text){% endcall %}
              {% call statement('fill') %}
                insert into {{ target }} select id, 'a;b' from ({{ sql }}) s;
                insert into {{ target }} select id + 10, $q$it's; fine$q$ from ({{ sql }}) s
              {% endcall %}
              {% set response = load_result('fill')['response'] %}
              {% set found = run_query('select count(*) as n from ' ~ target) %}
              {% if adapter.get_relation(database, schema, model['alias']) is none %}{{ exceptions.raise_compiler_error('not seen') }}{% endif %}
              {% call statement('note') %}insert into {{ target }} values ({{ found.columns[0].values()[0] }}, '{{ response.rows_affected }} {{ response.code }}'){% endcall %}
              {{ return({'relations': [target]}) }}
            {% endmaterialization %}
            """);
        project.Write("models/a.sql", "{{ config(materialized='counted') }} select 1 as id union all select 2");
        (await project.RunAsync("run")).Ok();
        (await project.RunAsync("run")).Ok();
        Assert.Equal(["1|a;b", "2|a;b", "4|2 INSERT", "11|it's; fine", "12|it's; fine"], await project.LinesAsync("select id, note from dbt.a order by id"));
    }

    [Fact]
    public async Task What_a_hook_makes_or_drops_is_seen_by_the_nodes_behind_it()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("models/a.sql", "{{ config(post_hook='create table if not exists dbt.made as select 7 as n') }} select 1 as id");
        project.Write("models/b.sql", """
            -- depends_on: {{ ref('a') }}
            {% set made = adapter.get_relation(target.database, 'dbt', 'made') %}
            {{ config(materialized='table', pre_hook='drop table if exists dbt.made') }}
            select '{{ made.type if made else 'none' }}' as kind
            """);
        project.Write("models/c.sql", "-- depends_on: {{ ref('b') }}\nselect '{{ 'there' if execute and load_relation(api.Relation.create(database=target.database, schema='dbt', identifier='made')) else 'gone' }}' as kind");
        for (var i = 0; i < 2; i++)
        {
            (await project.RunAsync("run")).Ok();
            Assert.Equal(["table|gone"], await project.LinesAsync("select b.kind, c.kind from dbt.b, dbt.c"));
        }
    }

    [Fact]
    public async Task With_fail_fast_the_first_failure_ends_the_run()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("models/a.sql", "select 1 / 0 as id from nowhere");
        for (var i = 0; i < 20; i++) project.Write($"models/b{i}.sql", "{{ config(materialized='table') }} select pg_sleep(0.2)::text as x");
        var run = await project.RunAsync("run", "--fail-fast", "--threads", "1");
        Assert.Equal(1, run.ExitStatus);
        Assert.Contains("20 skipped; 1 failed", run.Out, StringComparison.Ordinal);
    }
}
