using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat.Packages;

/// <summary>What packages do that test models and macros from within templates: macros are put in the place of others, models are rendered over given rows.</summary>
public sealed class MockingTests
{
    [Fact]
    public async Task A_package_is_a_dictionary_of_macros_that_may_be_replaced()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("dbt_packages/lib/dbt_project.yml", "name: lib\n");
        project.Write("dbt_packages/lib/macros/all.sql", """
            {% macro greet(name) %}hello {{ name }}{% endmacro %}
            {% macro say(name) %}{{ lib.greet(name) }}!{% endmacro %}
            {% macro keep(into, name) %}{% do into.update({name: caller}) %}{% endmacro %}
            """);
        project.Write("macros/try.sql", """
            {% macro try() %}
              {% set mine, before = {}, lib['greet'] %}
              {% call(name, mark='?') lib.keep(mine, 'greet') %}{{ name }}{{ mark }}{% endcall %}
              {% do lib.update({'greet': mine.greet}) %}
              {% set mocked = lib.say('a') %}
              {% do lib.update(greet=before) %}
              {% do print([mocked, lib.say('b'), 'greet' in lib, lib.get('none') is none, mine.greet('c', mark='.')] | join(' ')) %}
            {% endmacro %}
            """);
        Assert.Equal("a?! hello b! True True c.", (await project.RunAsync("run-operation", "try")).Ok().Out.Trim());
    }

    [Fact]
    public async Task A_test_renders_a_model_over_rows_of_its_own()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("dbt_packages/lib/dbt_project.yml", "name: lib\n");
        project.Write("dbt_packages/lib/macros/all.sql", """
            {% macro ref() %}{{ return('"' ~ varargs[0] ~ '"' if 'mocked' in config.get('tags', []) else builtins.ref(*varargs, **kwargs)) }}{% endmacro %}
            {% macro is_incremental() %}{{ return(context.get('as_incremental', false) or dbt.is_incremental()) }}{% endmacro %}
            {% macro rows_of(name) %}{{ return({'name': name, 'sql': caller() | trim} | tojson ~ '##') }}{% endmacro %}
            {% macro check(name, expected) %}
              {% set edge = builtins.ref(name) %}
              {% if execute %}
                {% do context.update({'as_incremental': true}) %}
                {% set mock = fromjson((caller().split('##') | map('trim') | reject('==', '') | list)[0]) %}
                {% set node = graph.nodes.values() | selectattr('name', 'equalto', name) | first %}
                {% set table = run_query('with "' ~ mock.name ~ '" as (' ~ mock.sql ~ ') select string_agg(x::text, $$,$$) as x from (' ~ render(node.raw_code) ~ ') r') %}
                select 1 as a where '{{ table[0].x }}' <> '{{ expected }}'
              {% endif %}
            {% endmacro %}
            """);
        project.Write("macros/own.sql", "{% macro ref() %}{{ return(lib.ref(*varargs, **kwargs)) }}{% endmacro %}{% macro is_incremental() %}{{ return(lib.is_incremental()) }}{% endmacro %}");
        project.Write("models/base.sql", "select 1 as x");
        project.Write("models/twice.sql", "{{ config(materialized='incremental') }} select x * 2 as x from {{ ref('base') }} {% if is_incremental() %}where x > 1{% endif %}");
        project.Write("tests/right.sql", Test("6"));
        project.Write("tests/wrong.sql", Test("2,6"));
        var outcome = await project.RunAsync("build");
        Assert.Equal(1, outcome.ExitStatus);
        Assert.Matches(@"PASS +test +right", outcome.Out + outcome.Err);
        Assert.Matches(@"FAIL 1 +test +wrong", outcome.Out + outcome.Err);
        Assert.Equal(["2"], await project.LinesAsync("select * from dbt.twice"));

        static string Test(string expected) =>
            "{{ config(tags=['mocked']) }}{% call lib.check('twice', '" + expected + "') %}{% call lib.rows_of('base') %}select 1 as x union all select 3{% endcall %}{% endcall %}";
    }
}
