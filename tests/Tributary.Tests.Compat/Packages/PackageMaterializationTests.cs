using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat.Packages;

/// <summary>Materializations that a package brings.</summary>
public sealed class PackageMaterializationTests
{
    private const string Macro = """
        {% materialization NAME, default %}
          {%- call statement('main') -%} create table {{ this }} as select 'lib' as who {%- endcall -%}
          {{ return({'relations': [this.incorporate(type='table')]}) }}
        {% endmaterialization %}
        """;

    [Theory]
    [InlineData("", "theirs|model")]
    [InlineData("flags: {require_explicit_package_overrides_for_builtin_materializations: false}", "theirs|lib")]
    public async Task A_package_replaces_one_of_the_engine_only_where_the_project_allows_it(string flags, string expected)
    {
        await using var project = await DbtProject.CreateAsync();
        project.Configure(flags);
        project.Write("dbt_packages/lib/dbt_project.yml", "name: lib\n");
        project.Write("dbt_packages/lib/macros/m.sql", Macro.Replace("NAME", "table", StringComparison.Ordinal) + Macro.Replace("NAME", "own", StringComparison.Ordinal).Replace("'lib'", "'theirs'", StringComparison.Ordinal));
        project.Write("models/a.sql", "{{ config(materialized='own') }} select 'model' as who");
        project.Write("models/b.sql", "{{ config(materialized='table') }} select 'model' as who");
        (await project.RunAsync("run")).Ok();
        Assert.Equal([expected], await project.LinesAsync("select a.who, b.who from dbt.a, dbt.b"));
    }
}
