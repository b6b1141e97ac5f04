using System.Text.Json;
using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat.UnitTests;

/// <summary>Unit tests of models: rows in, rows out.</summary>
public sealed class UnitTestTests
{
    private const string Sales = """
        select o.id, c.name, round(sum(o.amount), 2) as total, max(o.at) as last_at
        from {{ ref('orders') }} as o
        left join {{ source('crm', 'customer') }} as c on c.id = o.customer_id
        group by 1, 2
        """;

    private static async Task<DbtProject> ShopAsync()
    {
        var project = await DbtProject.CreateAsync();
        await project.ExecuteAsync("create schema crm; create table crm.customer (id int, name varchar(5), tags text[])");
        project.Write("models/orders.sql", "select 1 as id, 2 as customer_id, 10.5::numeric(10,2) as amount, date '2025-01-01' as at, '{}'::jsonb as extra");
        project.Write("models/sales.sql", Sales);
        project.Write("models/sources.yml", "sources: [{name: crm, tables: [{name: customer}]}]");
        return project;
    }

    [Fact]
    public async Task Rows_of_every_format_meet_what_is_expected()
    {
        await using var project = await ShopAsync();
        project.Write("tests/fixtures/customers.csv", "id,name\n2,\"Ann, B\"\n3,\n");
        project.Write("tests/fixtures/two_orders.sql", "select 7 as id, 2 as customer_id, 1.25 as amount, date '2025-02-03' as at union all select 7, 2, 1.25, null");
        project.Write("models/unit.yml", """
            unit_tests:
              - name: totals
                model: sales
                description: Amounts add up.
                given:
                  - input: ref('orders')
                    format: sql
                    fixture: two_orders
                  - input: source('crm', 'customer')
                    format: csv
                    fixture: customers
                expect:
                  rows:
                    - {id: 7, name: "Ann, B", total: 2.5, last_at: 2025-02-03}
              - name: strangers
                model: sales
                given:
                  - input: ref('orders')
                    rows:
                      - {ID: 1, amount: 3, extra: {a: [1]}}
                      - {id: 2, customer_id: 9, amount: "4.5"}
                  - input: source('crm', 'customer')
                    rows: [{id: 1, name: "a's", tags: [x, y]}]
                expect:
                  format: csv
                  rows: |
                    total,id,name
                    4.50,2,
                    3,1,
              - name: nothing
                model: sales
                given:
                  - input: ref('orders')
                    rows: []
                  - {input: "source('crm', 'customer')", rows: []}
                expect: {rows: []}
            """);
        var run = (await project.RunAsync("build")).Ok();
        foreach (var name in (string[])["totals", "strangers", "nothing"]) Assert.Contains($"PASS  test     {name} ", run.Err, StringComparison.Ordinal);
        Assert.Equal(3, (await project.RunAsync("test", "--select", "sales")).Ok().Err.Split("PASS").Length - 1);
        Assert.DoesNotContain("totals", (await project.RunAsync("run")).Ok().Err, StringComparison.Ordinal);
        using var manifest = JsonDocument.Parse(project.Read("target/manifest.json"));
        Assert.Equal("sales", manifest.RootElement.GetProperty("unit_tests").GetProperty("unit_test.shop.sales.totals").GetProperty("model").GetString());
        Assert.False(manifest.RootElement.GetProperty("nodes").TryGetProperty("unit_test.shop.sales.totals", out _));
        Directory.Move(project.PathOf("target"), project.PathOf("before"));
        project.Write("models/unit.yml", project.Read("models/unit.yml").Replace("{id: 2, customer_id: 9", "{id: 2, customer_id: 8", StringComparison.Ordinal));
        Assert.Equal("unit_test:shop.strangers", (await project.RunAsync("ls", "--select", "state:modified", "--state", "before", "--resource-type", "unit_test")).Ok().Out.Trim());
    }

    [Fact]
    public async Task What_differs_is_shown_and_the_model_and_what_follows_are_not_built()
    {
        await using var project = await ShopAsync();
        project.Write("models/report.sql", "select * from {{ ref('sales') }}");
        project.Write("models/unit.yml", """
            unit_tests:
              - name: totals
                model: sales
                given:
                  - input: ref('orders')
                    rows: [{id: 1, amount: 3}, {id: 2, amount: 5}]
                  - input: source('crm', 'customer')
                    rows: []
                expect:
                  rows: [{id: 1, total: 4}, {id: 2, total: 5}, {id: 3, total: null}]
            """);
        var run = (await project.RunAsync("build")).Expect(1);
        Assert.Contains("FAIL 1 test     totals", run.Err, StringComparison.Ordinal);
        Assert.Contains("expected  | 1  | 4\n", run.Err, StringComparison.Ordinal);
        Assert.Contains("actual    | 1  | 3.00", run.Err, StringComparison.Ordinal);
        Assert.Contains("expected  | 3  | NULL", run.Err, StringComparison.Ordinal);
        Assert.DoesNotContain("| 2  | 5", run.Err, StringComparison.Ordinal);
        Assert.Equal(["orders"], await project.LinesAsync("select relname from pg_class where relnamespace = 'dbt'::regnamespace order by 1"));
    }

    [Fact]
    public async Task Both_ways_of_an_incremental_model_are_tested()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("models/event.sql", "select 1 as id, date '2025-01-01' as at");
        project.Write("models/log.sql", """
            {{ config(materialized='incremental') }}
            select * from {{ ref('event') }}
            {% if is_incremental() %} where at > (select max(at) from {{ this }}) {% endif %}
            """);
        project.Write("models/unit.yml", """
            unit_tests:
              - name: first
                model: log
                overrides: {macros: {is_incremental: false}}
                given: [{input: ref('event'), rows: [{id: 1, at: 2025-01-01}, {id: 2, at: 2025-01-02}]}]
                expect: {rows: [{id: 2, at: 2025-01-02}, {id: 1, at: 2025-01-01}]}
              - name: later
                model: log
                overrides: {macros: {is_incremental: true}}
                given:
                  - {input: ref('event'), rows: [{id: 1, at: 2025-01-01}, {id: 2, at: 2025-01-02}]}
                  - {input: this, rows: [{id: 1, at: 2025-01-01}]}
                expect: {rows: [{id: 2}]}
            """);
        (await project.RunAsync("build")).Ok();
        project.Write("models/unit.yml", "unit_tests: [{name: unsaid, model: log, given: [{input: ref('event'), rows: []}], expect: {rows: []}}]");
        Assert.Contains("is_incremental", (await project.RunAsync("build")).Expect(2).Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Variables_macros_and_the_environment_are_overridden()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("dbt_packages/tools/dbt_project.yml", "name: tools\n");
        project.Write("dbt_packages/tools/macros/m.sql", "{% macro columns(r) %}{{ exceptions.raise_compiler_error('asked') if execute }}{% endmacro %}");
        project.Write("macros/m.sql", "{% macro own() %}1{% endmacro %}");
        project.Write("models/a.sql", """
            select {{ tools.columns(ref('b')) }}, {{ own() }} as own, '{{ var('v', 'x') }}' as v, '{{ env_var('E', 'y') }}' as e,
                '{{ invocation_id }}' as run, {{ dbt.current_timestamp() }} as at, {{ current_timestamp() }} as also
            from {{ ref('b') }}
            """);
        project.Write("models/b.sql", "select 5 as n");
        project.Write("models/unit.yml", """
            unit_tests:
              - name: told
                model: a
                overrides:
                  vars: {v: told}
                  env_vars: {E: told}
                  macros: {tools.columns: n, own: 8, invocation_id: me, dbt.current_timestamp: "date '2025-01-01'"}
                given: [{input: ref('b'), rows: [{n: 6}]}]
                expect: {rows: [{n: 6, own: 8, v: told, e: told, run: me, at: 2025-01-01, also: 2025-01-01}]}
            """);
        (await project.RunAsync("run", "--select", "b")).Ok();
        (await project.RunAsync("test")).Ok();
    }

    [Fact]
    public async Task Inputs_that_were_never_built_are_typed_by_their_own_sql()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("seeds/rate.csv", "code,rate\na,1.5\nb,2\n");
        project.Write("models/base.sql", "select code, rate * 2 as rate, 1::bigint as n from {{ ref('rate') }}");
        project.Write("models/middle.sql", "{{ config(materialized='ephemeral') }} select * from {{ ref('base') }}");
        project.Write("models/top.sql", "select m.code, m.rate + r.rate as rate from {{ ref('middle') }} as m join {{ ref('rate') }} as r using (code)");
        project.Write("models/unit.yml", """
            unit_tests:
              - name: sums
                model: top
                given:
                  - {input: ref('middle'), rows: [{code: a, rate: 1}]}
                  - {input: ref('rate')}
                expect: {rows: [{code: a, rate: 2.5}]}
            """);
        (await project.RunAsync("test")).Ok();
        Assert.Empty(await project.LinesAsync("select relname from pg_class where relnamespace = to_regnamespace('dbt')"));
    }

    [Fact]
    public async Task What_is_wrong_with_a_test_is_said()
    {
        await using var project = await ShopAsync();
        project.Write("models/unit.yml", """
            unit_tests:
              - name: a
                model: sale
                expect: {rows: []}
              - name: b
                model: sales
                given: [{input: ref('order'), rows: []}, {input: ref('orders')}]
                expect: {rows: [], format: xml}
            """);
        var run = (await project.RunAsync("build")).Expect(2);
        Assert.Contains("expected dict, csv or sql", run.Err, StringComparison.Ordinal);
        project.Write("models/unit.yml", project.Read("models/unit.yml").Replace(", format: xml", "", StringComparison.Ordinal));
        run = (await project.RunAsync("build")).Expect(2);
        Assert.Contains("Did you mean 'sales'?", run.Err, StringComparison.Ordinal);
        Assert.Contains("ref('order')", run.Err, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{input: ref('orders'), rows: []}", "gives no rows for source('crm', 'customer')")]
    [InlineData("{input: ref('orders'), rows: [{idd: 1}]}, {input: \"source('crm', 'customer')\", rows: []}", "has no column 'idd'")]
    [InlineData("{input: ref('orders'), rows: [{id: x}]}, {input: \"source('crm', 'customer')\", rows: []}", "invalid input syntax for type integer")]
    public async Task An_input_that_does_not_fit_breaks_the_test(string given, string message)
    {
        await using var project = await ShopAsync();
        project.Write("models/unit.yml", $"unit_tests: [{{name: odd, model: sales, given: [{given}], expect: {{rows: []}}}}]");
        var run = (await project.RunAsync("build")).Expect(1);
        Assert.Contains("ERROR test     odd", run.Err, StringComparison.Ordinal);
        Assert.Contains(message, run.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disabled_tests_and_tests_of_disabled_models_are_left_out()
    {
        await using var project = await ShopAsync();
        project.Configure("unit_tests: {shop: {deep: {+enabled: false}}}");
        project.Write("models/off.sql", "{{ config(enabled=false) }} select 1 as id");
        const string test = "{model: sales, given: [], expect: {rows: []}, name: ";
        project.Write("models/unit.yml", $"unit_tests: [{test}a, config: {{enabled: false}}}}, {test.Replace("sales", "off", StringComparison.Ordinal)}b}}]");
        project.Write("models/deep/unit.yml", $"unit_tests: [{test}c}}]");
        (await project.RunAsync("build")).Ok();
    }

    [Fact]
    public async Task Each_version_of_a_model_is_tested_that_the_test_chooses()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("models/base.sql", "select 1 as id");
        project.Write("models/thing_v1.sql", "select id + 1 as id from {{ ref('base') }}");
        project.Write("models/thing_v2.sql", "select t.id + b.id as id from {{ ref('thing', v=1) }} as t, {{ ref('base') }} as b");
        project.Write("models/thing.yml", "models: [{name: thing, latest_version: 2, versions: [{v: 1}, {v: 2}]}]");
        project.Write("models/unit.yml", """
            unit_tests:
              - name: first
                model: thing
                versions: {include: [1]}
                given: [{input: ref('base'), rows: [{id: 4}]}]
                expect: {rows: [{id: 5}]}
              - name: rest
                model: thing
                versions: {exclude: [1]}
                given: [{input: ref('base'), rows: [{id: 4}]}, {input: "ref('thing', v=1)", rows: [{id: 3}]}]
                expect: {rows: [{id: 7}]}
            """);
        (await project.RunAsync("build")).Ok();
        Assert.Equal(["unit_test:shop.first_v1", "unit_test:shop.rest_v2"], (await project.RunAsync("ls", "--resource-type", "unit_test")).Ok().Out.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
