using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat.Context;

/// <summary>The macros that mean the same in every database: their results on PostgreSQL, and that a project may replace each.</summary>
public sealed class CrossDatabaseTests
{
    [Fact]
    public async Task Each_gives_what_it_gives_in_dbt()
    {
        await using var project = await DbtProject.CreateAsync();
        (string Expression, string Result)[] cases =
        [
            ("{{ dbt.dateadd('day', 3, \"'2024-02-27'::date\") }}", "2024-03-01 00:00:00"),
            ("{{ dbt.dateadd(datepart='month', interval=-1, from_date_or_timestamp=\"'2024-03-31'::date\") }}", "2024-02-29 00:00:00"),
            ("{{ dbt.datediff(\"'2023-12-31'\", \"'2024-01-01'\", 'year') }}", "1"),
            ("{{ datediff(\"'2024-01-15'\", \"'2024-03-01'\", 'month') }}", "2"),
            ("{{ dbt.datediff(\"'2024-01-06'::date\", \"'2024-01-07'::date\", 'week') }}", "1"),
            ("{{ dbt.datediff(\"'2024-01-01 23:59'::timestamp\", \"'2024-01-02 00:01'::timestamp\", 'hour') }}", "1"),
            ("{{ dbt.date_trunc('quarter', \"'2024-05-17'::timestamp\") }}", "2024-04-01 00:00:00"),
            ("{{ dbt.last_day(\"'2024-02-10'::date\", 'month') }}", "2024-02-29"),
            ("{{ dbt.last_day(\"'2024-02-10'::date\", 'quarter') }}", "2024-03-31"),
            ("{{ dbt.concat([\"'a'\", \"'b'\"]) }}", "ab"),
            ("{{ dbt.hash(\"'abc'\") }}", "900150983cd24fb0d6963f7d28e17f72"),
            ("{{ dbt.split_part(\"'a|b|c'\", \"'|'\", 2) }}", "b"),
            ("{{ dbt.split_part(\"'a|b|c'\", \"'|'\", -1) }}", "c"),
            ("{{ dbt.position(\"'b'\", \"'abc'\") }}", "2"),
            ("{{ dbt.replace(\"'abca'\", \"'a'\", \"'x'\") }}", "xbcx"),
            ("{{ dbt.right(\"'abc'\", 2) }}", "bc"),
            ("{{ dbt.length(\"'abc'\") }}", "3"),
            ("{{ dbt.safe_cast(\"'5'\", dbt.type_int()) }}", "5"),
            ("{{ dbt.cast(\"'1.5'\", dbt.type_numeric()) }}", "1.500000"),
            ("{{ dbt.cast_bool_to_text('true') }}", "true"),
            ("{{ dbt.string_literal(dbt.escape_single_quotes(\"it's\")) }}", "it's"),
            ("{{ dbt.array_construct([1, 2]) }}", "{1,2}"),
            ("{{ dbt.array_append(dbt.array_construct([1]), 3) }}", "{1,3}"),
            ("{{ dbt.array_concat(dbt.array_construct([1]), dbt.array_construct([], 'integer')) }}", "{1}"),
            ("{{ dbt.date(2024, 2, 29) }}", "2024-02-29"),
            ("(select {{ dbt.any_value('v') }} from (values (1), (1)) t(v))", "1"),
            ("(select {{ dbt.bool_or('v') }} from (values (false), (true)) t(v))", "true"),
            ("(select {{ dbt.listagg('v', \"'-'\", 'order by v desc') }} from (values (1::text), ('2'), ('3')) t(v))", "3-2-1"),
            ("(select {{ dbt.listagg('v', \"','\", 'order by v', 2) }} from (values ('a'), ('b'), ('c')) t(v))", "a,b"),
            ("(select count(*) from ({{ dbt.date_spine('day', \"'2024-01-01'::date\", \"'2024-01-31'::date\") }}) d)", "30"),
            ("(select max(generated_number) from ({{ dbt.generate_series(7) }}) d)", "7"),
            ("{{ dbt.get_powers_of_two(9) }}", "4"),
            ("'{{ dates_in_range('20240228', '20240301') | join('/') }}'", "20240228/20240229/20240301"),
            ("'{{ partition_range('20240101,20240102') | length }}'", "2"),
            ("(select count(*) from (select 1 {{ dbt.except() }} select 1) d)", "0"),
            ("(select count(*) from (select 1 {{ dbt.intersect() }} select 1) d)", "1"),
            ("pg_typeof({{ dbt.current_timestamp() }})", "timestamp with time zone"),
            ("pg_typeof({{ current_timestamp_backcompat() }})", "timestamp without time zone"),
            ("'{{ type_string() }} {{ type_timestamp() }} {{ type_float() }} {{ type_numeric() }} {{ type_bigint() }} {{ type_int() }} {{ type_boolean() }}'", "TEXT TIMESTAMP FLOAT numeric(28,6) bigint INT BOOLEAN"),
            ("'{{ postgres__length(\"x\") }}'", "length(\n        x\n    )"),
        ];
        project.Write("models/facts.sql", string.Join("\nunion all\n", cases.Select((one, i) => $"select {i} as n, ({one.Expression})::text as v")));
        (await project.RunAsync("run")).Ok();
        string[] expected = [.. cases.Select(one => one.Result)];
        string[] actual = await project.LinesAsync("select v from dbt.facts order by n");
        Assert.Equal(expected[..^1], actual[..^1]);
        Assert.Equal("length(x)", string.Concat(actual[^1].Where(c => !char.IsWhiteSpace(c))));
    }

    [Fact]
    public async Task A_project_and_its_dispatch_order_may_replace_any_of_them()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Configure("dispatch:\n  - macro_namespace: dbt\n    search_order: [shop, house, dbt]\n");
        project.Write("dbt_packages/house/dbt_project.yml", "name: house\nversion: '1.0'\n");
        project.Write("dbt_packages/house/macros/m.sql", "{% macro default__hash(field) %}'house'{% endmacro %}{% macro postgres__length(expression) %}41{% endmacro %}");
        project.Write("macros/m.sql", "{% macro postgres__length(expression) %}42{% endmacro %}{% macro default__concat(fields) %}'{{ fields | length }}'{% endmacro %}");
        project.Write("models/a.sql", "select {{ dbt.length('x') }} as l, {{ dbt.hash('x') }} as h, {{ dbt.concat(['a', 'b']) }} as c");
        (await project.RunAsync("run")).Ok();
        Assert.Equal(["42|house|2"], await project.LinesAsync("select * from dbt.a"));
    }

    [Fact]
    public async Task Queries_about_the_database_answer_in_dbt_s_form()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("models/base.sql", "{{ config(materialized='table') }} select 1 as id, 'x'::text as name");
        project.Write("models/facts.sql", """
            -- depends_on: {{ ref('base') }}
            {% set header %}create temporary table header_ran as select 7 as v;{% endset %}
            {% if execute %}
            {% set catalog = get_catalog_for_single_relation(ref('base')) %}
            select '{{ catalog.columns['column_name'].values() | join('+') }}' as columns, '{{ catalog.rows[0]['table_type'] }}' as kind,
                '{{ get_columns_in_query('select 1 as a, 2 as b') | join('+') }}' as asked,
                '{{ list_relations_without_caching(this.without_identifier()).columns['name'].values() | list | length > 0 }}' as listed,
                '{{ check_schema_exists(this.information_schema(), this.schema).rows[0][0] }}' as exists,
                '{{ information_schema_name(target.database) }}' as info,
                '{{ adapter.get_missing_columns(ref('base'), this) | length }}' as missing,
                '{{ run_query(get_limit_subquery_sql('select 1 union all select 2', 1)).rows | length }}' as cut
            {% endif %}
            """);
        (await project.RunAsync("run")).Ok();
        Assert.Equal(["id+name|BASE TABLE|a+b|True|1|information_schema|2|1"], await project.LinesAsync("select * from dbt.facts"));
    }
}
