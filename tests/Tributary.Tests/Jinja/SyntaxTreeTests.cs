using Tributary.Jinja;
using Tributary.Jinja.Syntax;

namespace Tributary.Tests.Jinja;

public sealed class SyntaxTreeTests
{
    [Fact]
    public void Finds_calls_without_rendering()
    {
        var template = Template.Parse(
            """
            {{ config(materialized='table', tags=['a']) }}
            {% macro m() %}{{ ref('in_macro') }}{% endmacro %}
            select * from {{ ref('one') }}
            {% if x %}join {{ source('s', 't') }}{% endif %}
            {% for t in [ref('two')] %}{{ f(ref(name)) }}{% endfor %}
            """,
            "m.sql");
        var calls = template.Calls.Select(c => ((NameExpression)c.Callee).Name + "@" + c.Position.Line);
        Assert.Equal(["config@1", "ref@2", "ref@3", "source@4", "ref@5", "f@5", "ref@5"], calls);
        var config = template.Calls.First();
        Assert.Equal("table", ((LiteralExpression)config.Arguments.Named[0].Value).Value);
    }

    [Theory]
    [InlineData("{{ x }}", false)]
    [InlineData("{% set x = 1 %}{{ x }}", true)]
    [InlineData("{% for x in [] %}{{ x }}{% endfor %}", true)]
    [InlineData("{% for x in [] %}{% endfor %}{{ x }}", false)]
    [InlineData("{% macro m(x) %}{{ x }}{% endmacro %}", true)]
    public void Knows_names_that_the_template_assigns(string text, bool isLocal)
    {
        var name = Template.Parse(text, "m.sql").Body.SelectMany(s => s.DescendantsAndSelf()).OfType<NameExpression>().Single(n => n.Name == "x");
        Assert.Equal(isLocal, name.IsLocal);
    }

    [Fact]
    public void Every_node_lies_within_its_text()
    {
        foreach (var path in Directory.GetFiles(GoldenFile.Folder, "*.txt"))
        {
            var golden = GoldenFile.Read(Path.GetFileNameWithoutExtension(path));
            if (golden.Expected.StartsWith("error: ", StringComparison.Ordinal)) continue;
            var syntax = new TemplateSyntax { LoopControls = true };
            var nodes = Template.Parse(golden.Template, golden.Name, null, syntax).Body.SelectMany(s => s.DescendantsAndSelf());
            Assert.All(nodes, node => Assert.InRange(node.Position.Line, 1, golden.Template.Count(c => c is '\n' or '\r') + 1));
        }
    }
}
