using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat.UnitTests;

/// <summary>Unit tests of macros, which dbt has not: text, value, refusal or rows.</summary>
public sealed class MacroTestTests
{
    private const string Macros = """
        {% macro cents(column, digits=2) %}
            round({{ column }} / 100.0,
                  {{ digits }})
        {% endmacro %}
        {% macro codes(prefix) %}{{ return([prefix ~ '1', {'n': var('n', 2)}]) }}{% endmacro %}
        {% macro checked(n) %}{% if n < 0 %}{% do exceptions.raise_compiler_error('n must not be negative') %}{% endif %}{{ n }}{% endmacro %}
        {% macro latest(relation, key) %}select distinct on ({{ key }}) * from {{ relation }} order by {{ key }}, at desc{% endmacro %}
        {% macro outer() %}{{ widest('t') }} rows{% endmacro %}
        {% macro widest(relation) %}{{ return(run_query('select max(id) as id from ' ~ relation).columns[0].values()[0]) }}{% endmacro %}
        """;

    private static async Task<DbtProject> ShopAsync(string tests)
    {
        var project = await DbtProject.CreateAsync();
        project.Write("macros/m.sql", Macros);
        project.Write("models/visit.sql", "select 1 as id, date '2025-01-01' as at, 'x'::text as note");
        project.Write("tests/macros/m.yml", tests);
        return project;
    }

    [Fact]
    public async Task Text_values_refusals_and_rows_are_compared()
    {
        await using var project = await ShopAsync("""
            macro_tests:
              - name: rounds
                macro: cents
                args: [amount]
                expect: round(amount / 100.0, 2)
              - name: to_the_letter
                macro: shop.checked
                args: {n: 3}
                expect: {exact: "3"}
              - name: list
                macro: codes
                args: {prefix: "{{ var('n') }}x"}
                overrides: {vars: {n: 7}}
                expect: {value: [7x1, {n: 7}]}
              - name: negative
                macro: checked
                args: [-1]
                expect: {error: must not be negative}
              - name: newest
                macro: latest
                args: ["{{ ref('visit') }}", id]
                given:
                  - input: ref('visit')
                    rows: [{id: 1, at: 2025-01-01, note: old}, {id: 1, at: 2025-02-01, note: new}]
                expect: {rows: [{id: 1, note: new}]}
              - name: stubbed
                macro: outer
                overrides: {macros: {widest: 4}}
                expect: "4 rows"
            """);
        (await project.RunAsync("run")).Ok();
        var run = (await project.RunAsync("test")).Ok();
        foreach (var name in (string[])["rounds", "to_the_letter", "list", "negative", "newest", "stubbed"]) Assert.Contains($"PASS  test     {name} ", run.Err, StringComparison.Ordinal);
        Assert.Equal(6, (await project.RunAsync("ls", "--select", "test_type:macro")).Ok().Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.DoesNotContain("rounds", project.Read("target/manifest.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_differs_is_shown()
    {
        await using var project = await ShopAsync("""
            macro_tests:
              - {name: a, macro: cents, args: [x], expect: "round(x, 2)"}
              - {name: b, macro: codes, args: [x], expect: {value: [x1]}}
              - {name: c, macro: checked, args: [1], expect: {error: negative}}
              - {name: d, macro: checked, args: [-1], expect: "1"}
              - {name: e, macro: latest, args: ["(values (1, 2)) as t(id, at)", id], expect: {rows: [{id: 1, at: 3}]}}
              - {name: f, macro: checked, args: [1, 2, 3], expect: "1"}
            """);
        var run = (await project.RunAsync("build")).Expect(1);
        foreach (var line in (string[])["expected  | round(x, 2)", "was to give ['x1'], and gave ['x1', {'n': 2}]", "was to refuse with 'negative'", "n must not be negative", "expected  | 1  | 3", "actual    | 1  | 2"])
            Assert.Contains(line, run.Err, StringComparison.Ordinal);
        Assert.Equal(6, run.Err.Split("FAIL 1").Length - 1);
    }

    [Fact]
    public async Task A_macro_test_of_nothing_is_refused()
    {
        await using var project = await ShopAsync("macro_tests: [{name: a, macro: cent, expect: x}, {name: b, macro: cents, args: [x]}]");
        var run = (await project.RunAsync("test")).Expect(2);
        Assert.Contains("expects nothing that is known", run.Err, StringComparison.Ordinal);
        project.Write("tests/macros/m.yml", "macro_tests: [{name: a, macro: cent, expect: x}]");
        Assert.Contains("Did you mean 'cents'?", (await project.RunAsync("test")).Expect(2).Err, StringComparison.Ordinal);
    }
}
