using Tributary.Core.Models.Parsing;

namespace Tributary.Tests.Models;

public sealed class PackageTests
{
    private const string Utils = """
        --- dbt_packages/utils/dbt_project.yml
        name: utils
        vars: {limit: 5, only_here: yes}
        models: {utils: {+schema: util}}
        --- dbt_packages/utils/macros/m.sql
        {% macro shout(x) %}{{ return(adapter.dispatch('shout', 'utils')(x)) }}{% endmacro %}
        {% macro default__shout(x) %}{{ x }}_utils{% endmacro %}
        {% test odd(model, column_name) %}select * from {{ model }} where {{ column_name }} % 2 = 1{% endtest %}
        --- dbt_packages/utils/models/calendar.sql
        {{ config(alias='calendar_' ~ var('limit') ~ '_' ~ var('only_here')) }} select 1 as day

        """;

    [Fact]
    public void Macros_models_tests_and_variables_of_an_installed_package_work_by_its_name()
    {
        using var folder = new DbtFolder(Utils + """
            --- dbt_project.yml
            name: shop
            vars: {utils: {limit: 9}}
            models: {utils: {+materialized: table}}
            --- models/a.sql
            {{ config(alias=utils.shout('a')) }} select * from {{ ref('utils', 'calendar') }} join {{ ref('calendar') }} using (day)
            --- models/p.yml
            models: [{name: a, columns: [{name: day, tests: [utils.odd]}]}]
            """);
        var project = folder.Load().Parsed;
        Assert.Equal(("a_utils", "model.utils.calendar"), (Node("model.shop.a").Alias, Node("model.shop.a").DependsOn.Single()));
        var calendar = Node("model.utils.calendar");
        Assert.Equal(("calendar_9_True", "analytics_util", "table"), (calendar.Alias, calendar.Schema, calendar.Config.Materialized));
        Assert.Contains(project.Nodes, node => node.Name == "utils_odd_a_day");

        ParsedNode Node(string id) => project.Find(id)!;
    }

    [Theory]
    [InlineData("", "a_utils")]
    [InlineData("--- macros/m.sql\n{% macro default__shout(x) %}{{ x }}_shop{% endmacro %}", "a_shop")]
    [InlineData("--- macros/m.sql\n{% macro postgres__shout(x) %}{{ x }}_postgres{% endmacro %}\n{% macro default__shout(x) %}{{ x }}_shop{% endmacro %}", "a_postgres")]
    public void Dispatch_asks_the_project_first_and_the_database_before_the_default(string macros, string expected)
    {
        using var folder = new DbtFolder($"{Utils}\n--- dbt_project.yml\nname: shop\n--- models/a.sql\n{{{{ config(alias=utils.shout('a')) }}}} select 1\n{macros}\n");
        Assert.Equal(expected, folder.Load().Parsed.Find("model.shop.a")!.Alias);
    }

    [Fact]
    public void The_project_can_put_a_package_before_itself()
    {
        using var folder = new DbtFolder(Utils + """
            --- dbt_project.yml
            name: shop
            dispatch: [{macro_namespace: utils, search_order: [utils, shop]}]
            --- macros/m.sql
            {% macro default__shout(x) %}{{ x }}_shop{% endmacro %}
            --- models/a.sql
            {{ config(alias=utils.shout('a')) }} select 1
            """);
        Assert.Equal("a_utils", folder.Load().Parsed.Find("model.shop.a")!.Alias);
    }

    [Fact]
    public void A_package_that_is_not_there_and_a_macro_that_it_lacks_are_named()
    {
        using var folder = new DbtFolder(Utils + """
            --- dbt_project.yml
            name: shop
            --- models/a.sql
            select {{ dbt_utils.star(ref('calendar')) }}
            --- models/b.sql
            select {{ utils.shoot('x') }}
            """);
        Assert.Equal(
            [
                "models/a.sql:1:11: TRB0301: 'dbt_utils.star' is called, and there is no package or object 'dbt_utils'",
                "models/b.sql:1:17: TRB0301: the package 'utils' has no macro 'shoot'",
            ],
            folder.Problems());
    }
}
