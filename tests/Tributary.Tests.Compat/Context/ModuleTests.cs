using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat.Context;

/// <summary>Python's regular expressions and dbt's <c>api</c> in templates.</summary>
public sealed class ModuleTests
{
    [Theory]
    [InlineData("modules.re.match('(?x) a b # c', 'abz').group()", "ab")]
    [InlineData("modules.re.match('b', 'ab') is none", "True")]
    [InlineData("modules.re.split('a', 'xaxax', 1)", "['x', 'xax']")]
    [InlineData("modules.re.split('a', 'xaxax')", "['x', 'x', 'x']")]
    [InlineData("modules.re.search('x\\Z', 'ax') is not none", "True")]
    [InlineData("api.Relation.add_ephemeral_prefix('orders')", "__dbt__cte__orders")]
    [InlineData("api.Column.create('id', 'integer').create('name', 'text').name", "name")]
    public async Task Modules_answer_as_in_Python(string expression, string expected)
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("macros/say.sql", "{% macro say() %}{% do print(" + expression + ") %}{% endmacro %}");
        Assert.Equal(expected, (await project.RunAsync("run-operation", "say")).Ok().Out.Trim());
    }
}
