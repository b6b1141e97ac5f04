using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat;

/// <summary>Projects that put macros of their own in the place of the steps by which a seed is loaded.</summary>
public sealed class SeedMacroTests
{
    private const string Columns = "select string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' order by attnum) from pg_attribute where attrelid = 'dbt.s'::regclass and attnum > 0 and not attisdropped";

    private const string Table = """
        {% macro create_csv_table(model, agate_table) %}
            {% set sql %}
                create table {{ this.render() }} (
                {% for name in agate_table.column_names %}
                    {{ adapter.quote_seed_column(name, none) }} {{ model['config'].get('column_types', {}).get(name, adapter.convert_type(agate_table, loop.index0)) }},
                {% endfor %} loaded_by text)
            {% endset %}
            {% call statement('_') %}{{ sql }}{% endcall %}
            {{ return(sql) }}
        {% endmacro %}
        """;

    private const string Rows = """
        {% macro postgres__load_csv_rows(model, agate_table) %}
            {% set names = get_seed_column_quoted_csv(model, agate_table.column_names) %}
            {% for part in agate_table.rows | batch(2) %}
                {% set values = [] %}
                {% for row in part %}{% do values.extend(row) %}{% endfor %}
                {% set sql %}
                    insert into {{ this.render() }} ({{ names }}, loaded_by) values
                    {% for row in part %}({% for name in agate_table.column_names %}{{ get_binding_char() }}, {% endfor %}'100 %%'){{ ',' if not loop.last }}{% endfor %}
                {% endset %}
                {% do adapter.add_query(sql, bindings=values, abridge_sql_log=True) %}
            {% endfor %}
        {% endmacro %}
        """;

    [Fact]
    public async Task Both_steps_are_the_projects_and_get_the_rows_with_their_types()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("macros/seeds.sql", Table + "\n" + Rows);
        project.Configure("seeds: {shop: {+column_types: {code: varchar(4)}}}");
        project.Write("seeds/s.csv", "id,amount,day,moment,is_new,code,note\n1,1.5,2024-01-02,2024-01-02 03:04:05,true,007,it's\n-2,,,,false,,\"back\\slash %s\"\n3,2,2024-01-03,2024-01-03 00:00:00,true,9,ö😀\n");
        (await project.RunAsync("seed")).Ok();
        Assert.Equal(
            ["id integer, amount double precision, day date, moment timestamp without time zone, is_new boolean, code character varying(4), note text, loaded_by text"],
            await project.LinesAsync(Columns));
        string[] rows = ["-2|∅|∅|∅|f|∅|back\\slash %s|100 %", "1|1.5|2024-01-02|2024-01-02 03:04:05|t|007|it's|100 %", "3|2|2024-01-03|2024-01-03 00:00:00|t|9|ö😀|100 %"];
        const string All = "select id::text, amount::text, day::text, moment::text, is_new::text::char, code, note, loaded_by from dbt.s order by id";
        Assert.Equal(rows, await project.LinesAsync(All));
        await project.ExecuteAsync("create view dbt.over as select id from dbt.s");
        (await project.RunAsync("seed")).Ok();
        Assert.Equal(rows, await project.LinesAsync(All));
        Assert.Equal(["3"], await project.LinesAsync("select count(*) from dbt.over"));
    }

    [Fact]
    public async Task One_step_is_the_projects_and_the_others_are_the_engines()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("macros/seeds.sql", """
            {% macro reset_csv_table(model, full_refresh, old_relation, agate_table) %}
                {% call statement() %}insert into dbt.emptied select '{{ full_refresh }} ' || count(*) from {{ old_relation }}{% endcall %}
                {{ return(default__reset_csv_table(model, full_refresh, old_relation, agate_table)) }}
            {% endmacro %}
            """);
        await project.ExecuteAsync("create schema dbt; create table dbt.emptied (what text)");
        project.Write("seeds/s.csv", "id,name\n1,a\n2,b\n");
        (await project.RunAsync("seed")).Ok();
        project.Write("seeds/s.csv", "id,name\n1,a\n2,b\n3,c\n");
        (await project.RunAsync("seed")).Ok();
        (await project.RunAsync("seed", "--full-refresh")).Ok();
        Assert.Equal(["False 2", "True 3"], await project.LinesAsync("select what from dbt.emptied order by what"));
        Assert.Equal(["1|a", "2|b", "3|c"], await project.LinesAsync("select id, name from dbt.s order by id"));
    }

    [Fact]
    public async Task Bindings_that_do_not_fit_are_refused_and_the_table_stays_as_it_was()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("seeds/s.csv", "id\n1\n");
        (await project.RunAsync("seed")).Ok();
        project.Write("macros/seeds.sql", "{% macro load_csv_rows(model, agate_table) %}{% do adapter.add_query('insert into ' ~ this ~ ' values (%s), (%s)', bindings=[1, 2, 3]) %}{% endmacro %}");
        var run = (await project.RunAsync("seed")).Expect(1);
        Assert.Contains("takes 2 bindings, 3 were given", run.Err, StringComparison.Ordinal);
        Assert.Equal(["1"], await project.LinesAsync("select id from dbt.s"));
    }
}
