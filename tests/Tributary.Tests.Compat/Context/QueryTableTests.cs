using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat.Context;

/// <summary>What <c>run_query</c> gives to a template: Python's values, one type for each column, agate's ways to reach them.</summary>
public sealed class QueryTableTests
{
    [Fact]
    public async Task Values_print_as_the_driver_of_dbt_gives_them()
    {
        await using var project = await DbtProject.CreateAsync();
        var facts = await Facts.OfAsync(project,
            """
            {% if execute %}
            {% set r = run_query("select 1::int as i, 2.50::numeric(10,2) as n, 0.1::float8 as f, 3::float8 as whole, date '2024-02-29' as d, timestamp '2024-02-29 01:02:03.5' as t, true as b, null::int as nothing, 'x' as s, '{\"a\": [1, 2.5]}'::jsonb as j, array['p','q'] as a, interval '1 day 2 hours' as span, time '10:11:12' as clock, sum(x) as total, '' as empty from (values (1::bigint), (2)) v(x)").rows[0] %}
            {% endif %}
            """,
            "r['i']", "r.n", "r.f", "r['whole']", "r['d']", "r['t']", "r['b']", "r['nothing']", "r['s']", "r['j']", "r['a']", "r['span']", "r['clock']", "(r['total'] + 1) if execute", "r['empty'] is none", "r['t'].isoformat()", "r.d.year");
        Assert.Equal(
            ["1", "2.50", "0.1", "3.0", "2024-02-29", "2024-02-29 01:02:03.500000", "True", "None", "x", "{\"a\": [1, 2.5]}", "[\"p\", \"q\"]", "1 day, 2:00:00", "10:11:12", "4", "False", "2024-02-29T01:02:03.500000", "2024"],
            facts);
    }

    [Fact]
    public async Task Columns_and_rows_are_reached_by_name_by_place_and_by_loops()
    {
        await using var project = await DbtProject.CreateAsync();
        var facts = await Facts.OfAsync(project,
            """
            {% if execute %}
            {% set t = run_query("select * from (values (2, 'b', 1.5), (1, 'a', null), (3, 'b', 2)) v(id, name, amount)") %}
            {% endif %}
            """,
            "t.columns[0].values()", "t.columns['name'].values() | join('+')", "t.column_names | join(',')", "t.rows | length", "t.rows[-1]['name']", "t.rows[0].keys() | list", "t.rows[1].values() | list",
            "t.columns | map(attribute='name') | join('/')", "(t.order_by('id')).columns[1].values() | list", "t.select(['id']).column_names", "t.exclude('id').column_names",
            "t.rename({'id': 'key'}).column_names", "t.distinct('name').rows | length", "t.group_by('name').keys() | list", "t.group_by('name') | map(attribute='rows') | map('length') | list", "t.group_by('name')['a'].rows[0].id", "t.limit(2).rows | length", "t.rows[0].dict()['name']", "t.rows[5] is defined",
            "t.columns['amount'].values_without_nulls() | list | length", "t.rows[0:2] | length");
        Assert.Equal(
            ["(2, 1, 3)", "b+a+b", "id,name,amount", "3", "b", "['id', 'name', 'amount']", "[1, 'a', None]", "id/name/amount", "['a', 'b', 'b']", "('id',)", "('name', 'amount')",
             "('key', 'name', 'amount')", "2", "['b', 'a']", "[2, 1]", "1", "2", "b", "False", "2", "2"],
            facts);
    }

    [Fact]
    public async Task A_column_that_comes_twice_gets_a_number_and_a_statement_keeps_its_answer_by_name()
    {
        await using var project = await DbtProject.CreateAsync();
        var facts = await Facts.OfAsync(project,
            """
            {% call statement('twice', fetch_result=true) %}select 1 as a, 2 as a{% endcall %}
            {% if execute %}{% set r = load_result('twice') %}{% endif %}
            """,
            "r.table.column_names", "r['data'][0][1]", "r.response.code", "r.response");
        Assert.Equal(["('a', 'a_2')", "2", "SELECT", "SELECT 1"], facts);
    }

    [Fact]
    public async Task A_table_prints_itself_on_stdout()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("models/a.sql", "{% if execute %}{% do run_query(\"select 1 as id, 'x' as name\").print_table() %}{{ print('said') or '' }}{% endif %}select 1 as id");
        var run = (await project.RunAsync("run")).Ok();
        Assert.Contains("| id | name |\n| -- | ---- |\n| 1  | x    |\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("said", run.Out, StringComparison.Ordinal);
    }
}
