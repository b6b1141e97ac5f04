using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat.Running;

public sealed class RunHookTests
{
    [Fact]
    public async Task Hooks_at_the_end_see_how_every_node_ended()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Configure("""
            on-run-start:
              - create table if not exists {{ schema }}.results (id text, status text, message text, rows int, seconds numeric, timing text, code text)
              - "{{ note('start') }}"
            on-run-end:
              - "{% for r in results %}insert into {{ target.schema }}.results values ('{{ r.node.unique_id }}', '{{ r.status }}', '{{ r.message }}', {{ r.adapter_response.get('rows_affected', 'null') }}, {{ r.execution_time }}, '{{ r.timing | map(attribute='name') | join(' ') }}', '{{ r.node.compiled_code | replace(\"'\", '') | trim }}'); {% endfor %}"
              - "{{ note(schemas | join(',') ~ ' ' ~ database_schemas[0][1] ~ ' ' ~ results[0].to_dict()['node']['name'] ~ ' ' ~ flags.WHICH ~ ' ' ~ (graph.nodes | length > 0)) }}"
            """);
        project.Write("macros/note.sql", "{% macro note(what) %}{% if execute %}{% do run_query(\"create table if not exists dbt.notes (what text)\") %}{% do run_query(\"insert into dbt.notes values ('\" ~ what ~ \"')\") %}{% endif %}{% endmacro %}");
        project.Write("models/a.sql", "{{ config(materialized='table') }} select 1 as id union all select 2");
        project.Write("models/b.sql", "select id from {{ ref('a') }}");
        project.Write("models/c.sql", "select id / 0 as x from {{ ref('b') }} where nothing = 1");
        project.Write("models/d.sql", "select * from {{ ref('c') }}");
        var run = await project.RunAsync("run");
        Assert.Equal(1, run.ExitStatus);
        Assert.Equal(
            ["model.shop.a|success|SELECT 2|2|compile execute", "model.shop.b|success|CREATE VIEW|-1|compile execute", "model.shop.c|error|compile execute", "model.shop.d|skipped|"],
            await project.LinesAsync("select concat_ws('|', id, status, case when status = 'success' then message end, rows, timing) from dbt.results order by id"));
        Assert.Equal(["start", "dbt dbt a run True"], await project.LinesAsync("select what from dbt.notes"));
    }

    [Fact]
    public async Task Results_have_enumerations_for_states_and_kinds_and_none_for_what_a_configuration_does_not_say()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Configure("on-run-end: \"{{ tell(results) }}\"");
        project.Write("macros/tell.sql", """
            {% macro tell(results) %}
              {% for r in results if execute %}
                {% set c = r.node.config %}
                {% do print([r.node.name, r.status.name, r.status.value, r.status, r.node.resource_type.name, r.node.resource_type.value, r.node.resource_type ~ '', c.nothing is none, c['nothing'] is none, c.get('nothing', 1), c.full_refresh is none, 'severity' in c, r.message, r.adapter_response.rows_affected] | join('|')) %}
              {% endfor %}
              {% for model in graph.nodes.values() | selectattr('resource_type', 'equalto', 'model') if execute %}
                {% do model.pop('raw_code', None) %}{% do print([model.raw_code is defined, model.resource_type.value is defined, model.config.nothing is defined]) %}
              {% endfor %}
              {{ return('') }}
            {% endmacro %}
            """);
        project.Write("seeds/people.csv", "id\n1\n2\n");
        project.Write("models/a.sql", "select id from {{ ref('people') }}");
        project.Write("models/a.yml", "models: [{name: a, columns: [{name: id, data_tests: [not_null]}]}]");
        var told = (await project.RunAsync("build")).Ok().Out.Split('\n').Where(line => line.Contains('|') || line.StartsWith('[')).Select(line => line.Trim());
        Assert.Equal(
            ["people|Success|success|success|Seed|seed|seed|True|True|1|True|False|INSERT 2|2",
             "a|Success|success|success|Model|model|model|True|True|1|True|False|CREATE VIEW|-1",
             "not_null_a_id|Pass|pass|pass|Test|test|test|True|True|1|True|True|None|1",
             "[False, False, False]"],
            told);
    }

    [Fact]
    public async Task A_hook_at_the_start_that_fails_keeps_everything_from_running()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Configure("on-run-start: [\"insert into nowhere values (1)\", \"create table dbt.second (id int)\"]\non-run-end: create table dbt.last (id int)");
        project.Write("models/a.sql", "select 1 as id");
        var run = await project.RunAsync("run");
        Assert.Equal(1, run.ExitStatus);
        Assert.Contains("nowhere", run.Err, StringComparison.Ordinal);
        Assert.Equal(["last"], await project.LinesAsync("select relname from pg_class where relnamespace = 'dbt'::regnamespace and relkind in ('r', 'v')"));
    }

    [Fact]
    public async Task A_hook_at_the_end_that_fails_fails_the_run_and_what_was_built_stands()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Configure("on-run-end: [\"vacuum\", \"select 1 / (select count(*) from {{ ref('a') }} where id = 5)\"]");
        project.Write("models/a.sql", "select 1 as id");
        Assert.Equal(1, (await project.RunAsync("run")).ExitStatus);
        Assert.Equal(["1"], await project.LinesAsync("select id from dbt.a"));
    }

    [Fact]
    public async Task Hooks_of_packages_come_before_the_projects_own_and_every_verb_runs_them()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Configure("on-run-start: create table if not exists dbt.told (n int generated always as identity, what text); insert into dbt.told (what) values ('{{ flags.WHICH }}')");
        project.Write("dbt_packages/first/dbt_project.yml", "name: first\nversion: '1.0'\non-run-start: \"{{ first.make() }}\"\non-run-end: insert into dbt.told (what) values ('{{ project_name }} ends')\n");
        project.Write("dbt_packages/first/macros/make.sql", "{% macro make() %}create table if not exists dbt.first_was_here (id int){% endmacro %}");
        project.Write("models/a.sql", "select 1 as id");
        project.Write("models/a.yml", "models: [{name: a, columns: [{name: id, data_tests: [not_null]}]}]");
        project.Write("seeds/s.csv", "id\n1\n");
        foreach (var verb in new[] { "run", "test", "seed", "build" }) (await project.RunAsync(verb)).Ok();
        Assert.Equal(["run", "shop ends", "test", "shop ends", "seed", "shop ends", "build", "shop ends"], await project.LinesAsync("select what from dbt.told order by n"));
        Assert.Equal(["0"], await project.LinesAsync("select count(*) from dbt.first_was_here"));
    }
}
