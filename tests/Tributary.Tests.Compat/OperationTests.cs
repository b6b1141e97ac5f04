using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat;

/// <summary><c>run-operation</c>, and SQL from the command line.</summary>
public sealed class OperationTests
{
    [Fact]
    public async Task Statements_of_an_operation_commit_as_they_ask()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("macros/ops.sql", """
            {% macro make(name, rows=1) %}
                {% do adapter.create_schema(api.Relation.create(schema=target.schema)) %}
                {% do run_query('create table ' ~ target.schema ~ '.' ~ name ~ ' as select generate_series(1, ' ~ rows ~ ') as id') %}
                {% set answer = run_query('select count(*) as n from ' ~ target.schema ~ '.' ~ name) %}
                {{ log('made ' ~ answer.columns['n'].values()[0] ~ ' rows', info=true) }}
            {% endmacro %}
            {% macro forgotten() %}
                {% call statement('a') %}create table {{ target.schema }}.forgotten (id int){% endcall %}
            {% endmacro %}
            {% macro kept() %}
                {% call statement('a') %}create table {{ target.schema }}.kept (id int); commit;{% endcall %}
                {% call statement('b') %}create table {{ target.schema }}.kept_too (id int){% endcall %}
                {% do adapter.commit() %}
                {% call statement('c', auto_begin=false) %}vacuum {{ target.schema }}.kept{% endcall %}
            {% endmacro %}
            {% macro broken() %}
                {% do run_query('create table ' ~ target.schema ~ '.before_it (id int)') %}
                {% do run_query('select * from nowhere') %}
            {% endmacro %}
            """);
        var run = (await project.RunAsync("run-operation", "make", "--args", "{name: t, rows: 3}")).Ok();
        Assert.Contains("made 3 rows", run.Err, StringComparison.Ordinal);
        run = (await project.RunAsync("run-operation", "forgotten")).Ok();
        Assert.Contains("did not commit", run.Err, StringComparison.Ordinal);
        (await project.RunAsync("run-operation", "shop.kept")).Ok();
        run = (await project.RunAsync("run-operation", "broken")).Expect(1);
        Assert.Contains("nowhere", run.Err, StringComparison.Ordinal);
        Assert.Equal(["before_it", "kept", "kept_too", "t"], await project.LinesAsync("select relname from pg_class where relnamespace = 'dbt'::regnamespace order by 1"));
    }

    [Fact]
    public async Task Operations_may_refer_to_anything_and_packages_bring_their_own()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("dbt_packages/tools/dbt_project.yml", "name: tools\n");
        project.Write("dbt_packages/tools/macros/ops.sql", "{% macro keep(days) %}{% do run_query('delete from ' ~ ref('a') ~ ' where id > ' ~ days) %}{% endmacro %}");
        project.Write("models/a.sql", "{{ config(materialized='table') }} select generate_series(1, 5) as id");
        (await project.RunAsync("run")).Ok();
        (await project.RunAsync("run-operation", "keep", "--args", "days: 3")).Ok();
        (await project.RunAsync("run-operation", "tools.keep", "--args", "{days: 2}")).Ok();
        Assert.Equal(["1", "2"], await project.LinesAsync("select id from dbt.a order by 1"));
        Assert.Contains("Did you mean 'tools.keep'?", (await project.RunAsync("run-operation", "tools.keeps")).Expect(1).Err, StringComparison.Ordinal);
        (await project.RunAsync("run-operation", "keep", "--args", "{weeks: 2}")).Expect(1);
    }

    [Fact]
    public async Task Sql_of_the_command_line_is_shown_and_compiled()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("models/a.sql", "{{ config(materialized='ephemeral') }} select generate_series(1, 9) as id");
        project.Write("models/b.sql", "select id from {{ ref('a') }} where id > 3");
        (await project.RunAsync("run")).Ok();
        var run = (await project.RunAsync("show", "--inline", "select max(id) as most, {{ var('v', 7) }} as v from {{ ref('a') }}", "--vars", "{v: 41}")).Ok();
        Assert.Contains("9", run.Out, StringComparison.Ordinal);
        Assert.Contains("41", run.Out, StringComparison.Ordinal);
        var all = (await project.RunAsync("show", "--select", "b", "--limit", "-1")).Ok().Out;
        foreach (var id in (string[])["4", "5", "6", "7", "8", "9"]) Assert.Contains(id, all, StringComparison.Ordinal);
        run = (await project.RunAsync("compile", "--inline", "select * from {{ ref('b') }}")).Ok();
        Assert.Contains("\"dbt\".\"b\"", run.Out, StringComparison.Ordinal);
        run = (await project.RunAsync("show", "--select", "b", "--limit", "2", "--output", "json")).Ok();
        Assert.Equal("{\"node\":\"b\",\"show\":[{\"id\":4},{\"id\":5}]}", Packed(run.Out));
        run = (await project.RunAsync("show", "--output", "json", "--inline", "select 1.50 as n, true as b, null as nothing, 'x' as t, date '2024-01-02' as d, timestamp '2024-01-02 03:04:05' as at")).Ok();
        Assert.Equal("{\"show\":[{\"n\":1.50,\"b\":true,\"nothing\":null,\"t\":\"x\",\"d\":\"2024-01-02\",\"at\":\"2024-01-02T03:04:05\"}]}", Packed(run.Out));
        Assert.Contains("Known: text, json", (await project.RunAsync("show", "--select", "b", "--output", "yaml")).Expect(2).Err, StringComparison.Ordinal);
        Assert.Contains("--inline:1", (await project.RunAsync("show", "--inline", "select {{ ref('c') }}")).Expect(2).Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_of_many_digits_keep_them()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("macros/many.sql", """
            {% macro many() %}
                {% set row = run_query("select 123456789012345678901234567890123 as w, 0.1234567890123456789012345678901234567890 as f, 1.50 as plain, 2.5 as half").rows[0] %}
                {% do print(row.w ~ ' ' ~ row.f ~ ' ' ~ row.plain ~ ' ' ~ (row.w + 1) ~ ' ' ~ (row.half * 2)) %}
            {% endmacro %}
            """);
        var run = (await project.RunAsync("run-operation", "many")).Ok();
        Assert.Contains("123456789012345678901234567890123 0.1234567890123456789012345678901234567890 1.50 123456789012345678901234567890124 5.0", run.Out, StringComparison.Ordinal);
    }

    private static string Packed(string json) => System.Text.Json.JsonSerializer.Serialize(System.Text.Json.JsonDocument.Parse(json));
}
