using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat;

/// <summary>What a model's configuration asks of its relation beside its rows.</summary>
public sealed class RelationConfigTests
{
    private const string Readers = "select string_agg(privilege_type || ' ' || case grantee when 0 then 'public' else grantee::regrole::text end, ', ' order by 1) from pg_class, aclexplode(relacl) where oid = 'dbt.kept'::regclass and grantee <> relowner";

    [Theory]
    [InlineData("table")]
    [InlineData("view")]
    [InlineData("incremental")]
    [InlineData("materialized_view")]
    public async Task Grants_are_given_merged_and_taken_back(string materialized)
    {
        await using var project = await DbtProject.CreateAsync();
        project.Configure("models: {+grants: {select: [pg_monitor]}}");
        project.Write("models/kept.sql", $"{{{{ config(materialized='{materialized}', grants={{'+select': ['public']}}) }}}} select 1 as id");
        (await project.RunAsync("run")).Ok();
        (await project.RunAsync("run")).Ok();
        Assert.Equal(["SELECT pg_monitor, SELECT public"], await project.LinesAsync(Readers));
        project.Write("models/kept.sql", $"{{{{ config(materialized='{materialized}', grants={{'select': 'pg_read_all_data'}}) }}}} select 1 as id");
        (await project.RunAsync("run")).Ok();
        Assert.Equal(["SELECT pg_read_all_data"], await project.LinesAsync(Readers));
        project.Write("models/kept.sql", $"{{{{ config(materialized='{materialized}', grants={{'select': []}}) }}}} select 1 as id");
        (await project.RunAsync("run")).Ok();
        Assert.Equal(["∅"], await project.LinesAsync(Readers));
    }

    [Fact]
    public async Task Descriptions_become_comments_of_everything()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Configure("models: {+persist_docs: {relation: true, columns: true}}\nseeds: {+persist_docs: {relation: true, columns: true}}\nsnapshots: {+persist_docs: {relation: true, columns: true}}");
        project.Write("seeds/s.csv", "id\n1\n");
        project.Write("models/t.sql", "{{ config(materialized='table') }} select 1 as id, 2 as \"Two\"");
        project.Write("models/v.sql", "select 1 as id");
        project.Write("models/m.sql", "{{ config(materialized='materialized_view') }} select 1 as id");
        project.Write("snapshots/n.sql", "{% snapshot n %}{{ config(strategy='check', unique_key='id', check_cols='all') }} select 1 as id{% endsnapshot %}");
        const string of = "description: \"It's \\\"all\\\"\\nof $it$\", columns: [{name: id, description: \"the 'key'\"}, {name: Two, description: two, quote: true}, {name: gone, description: x}]";
        project.Write("models/all.yml", $"models: [{{name: t, {of}}}, {{name: v, {of}}}, {{name: m, {of}}}]\nseeds: [{{name: s, {of}}}]\nsnapshots: [{{name: n, {of}}}]");
        (await project.RunAsync("build")).Ok();
        (await project.RunAsync("build")).Ok();
        Assert.Equal(
            ["m", "n", "s", "t", "v"],
            await project.LinesAsync("select relname from pg_class where relnamespace = 'dbt'::regnamespace and obj_description(oid) = 'It''s \"all\"\nof $it$' and col_description(oid, 1) = 'the ''key''' order by 1"));
        Assert.Equal(["two"], await project.LinesAsync("select col_description('dbt.t'::regclass, 2)"));
        project.Write("models/all.yml", "models: [{name: t, columns: [{name: id}]}]");
        (await project.RunAsync("run", "--select", "t")).Ok();
        Assert.Equal(["∅"], await project.LinesAsync("select col_description('dbt.t'::regclass, 1)"));
    }

    [Fact]
    public async Task Tables_may_be_unlogged_and_headers_stand_before_their_statement()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("models/t.sql", "{{ config(materialized='table', unlogged=true) }} {% call set_sql_header(config) %} set local work_mem = '7MB'; {% endcall %} select current_setting('work_mem') as memory");
        project.Write("models/v.sql", "{{ config(sql_header=\"create table public.header as select 1 as id;\") }} select id from public.header");
        (await project.RunAsync("run")).Ok();
        Assert.Equal(["u|7MB"], await project.LinesAsync("select relpersistence, memory from pg_class, dbt.t where oid = 'dbt.t'::regclass"));
        Assert.Equal(["1"], await project.LinesAsync("select id from dbt.v"));
    }

    [Fact]
    public async Task A_relation_changes_its_kind_without_a_hole()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("models/kept.sql", "select 0 as id");
        project.Write("models/over.sql", "select id from {{ ref('kept') }}");
        (await project.RunAsync("run")).Ok();
        using var stop = new CancellationTokenSource();
        var reader = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested) Assert.Single(await project.LinesAsync("select id from dbt.over"));
        }, TestContext.Current.CancellationToken);
        var number = 0;
        foreach (var kind in new[] { "table", "view", "incremental", "view", "materialized_view", "table", "materialized_view", "incremental", "table" })
        {
            project.Write("models/kept.sql", $"{{{{ config(materialized='{kind}') }}}} select {++number} as id");
            (await project.RunAsync("run", "--select", "kept")).Ok();
            Assert.Equal([$"{number}"], await project.LinesAsync("select id from dbt.over"));
        }
        await stop.CancelAsync();
        await reader;
    }

    [Fact]
    public async Task A_project_has_materializations_of_its_own_and_replaces_built_in_ones()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("macros/materializations.sql", """
            {% materialization by_rename, adapter='postgres', supported_languages=['sql'] %}
                {%- set existing_relation = load_cached_relation(this) -%}
                {%- set target_relation = this.incorporate(type='table') -%}
                {%- set intermediate_relation = make_intermediate_relation(target_relation) -%}
                {%- set preexisting_intermediate_relation = load_cached_relation(intermediate_relation) -%}
                {%- set backup_relation = make_backup_relation(target_relation, 'table' if existing_relation is none else existing_relation.type) -%}
                {{ drop_relation_if_exists(preexisting_intermediate_relation) }}
                {{ drop_relation_if_exists(load_cached_relation(backup_relation)) }}
                {{ run_hooks(pre_hooks, inside_transaction=False) }}
                {{ run_hooks(pre_hooks, inside_transaction=True) }}
                {% call statement('main') -%}{{ get_create_table_as_sql(False, intermediate_relation, sql) }}{%- endcall %}
                {% do create_indexes(intermediate_relation) %}
                {% if existing_relation is not none %}
                    {{ adapter.rename_relation(existing_relation, backup_relation) }}
                {% endif %}
                {{ adapter.rename_relation(intermediate_relation, target_relation) }}
                {% do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(existing_relation, full_refresh_mode=True)) %}
                {% do persist_docs(target_relation, model) %}
                {{ run_hooks(post_hooks, inside_transaction=True) }}
                {{ adapter.commit() }}
                {{ drop_relation_if_exists(backup_relation) }}
                {{ run_hooks(post_hooks, inside_transaction=False) }}
                {{ return({'relations': [target_relation]}) }}
            {% endmaterialization %}
            {% materialization only_once, default %}
                {%- if load_relation(this) is none -%}
                    {%- call statement('main') -%}create table {{ this }} as {{ sql }}{%- endcall -%}
                {%- else -%}
                    {%- do store_raw_result('main', message='kept', code='kept', rows_affected=0) -%}
                {%- endif -%}
                {{ return({'relations': [this]}) }}
            {% endmaterialization %}
            {% materialization view, adapter='postgres' %}
                {%- set target = this.incorporate(type='view') -%}
                {%- call statement('main') -%}create or replace view {{ target }} as select 'ours' as made_by, of_model.* from ({{ sql }}) as of_model{%- endcall -%}
                {{ return({'relations': [target]}) }}
            {% endmaterialization %}
            """);
        project.Write("models/a.sql", "{{ config(materialized='by_rename', indexes=[{'columns': ['id']}]) }} select 1 as id");
        project.Write("models/b.sql", "{{ config(materialized='only_once') }} select clock_timestamp() as at");
        project.Write("models/c.sql", "select id from {{ ref('a') }}");
        (await project.RunAsync("run")).Ok();
        var first = await project.LinesAsync("select at::text from dbt.b");
        for (var i = 0; i < 2; i++)
        {
            (await project.RunAsync("run", "--select", "a", "b")).Ok();
            Assert.Equal(["1"], await project.LinesAsync("select count(*) from pg_indexes where tablename = 'a'"));
        }
        Assert.Equal(first, await project.LinesAsync("select at::text from dbt.b"));
        (await project.RunAsync("run", "--select", "c")).Ok();
        Assert.Equal(["ours|1"], await project.LinesAsync("select * from dbt.c"));
        Assert.Equal(["a", "b", "c"], await project.LinesAsync("select relname from pg_class where relnamespace = 'dbt'::regnamespace and relkind in ('r', 'v') order by 1"));
    }
}
