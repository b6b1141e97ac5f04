using Tributary.Jinja;
using Tributary.Jinja.Values;

namespace Tributary.Tests.Jinja;

public sealed class TemplateErrorTests
{
    [Fact]
    public void Shows_the_line_with_a_caret_the_hint_and_the_macro_calls()
    {
        const string Text = "{% macro inner(x) %}\n\t{{ x.naem }}\n{% endmacro %}\n{% macro outer() %}{{ inner({'name': 1}) }}{% endmacro %}\nselect {{ outer() }}";
        var error = Fails(Text);
        var expected =
            """
            models/m.sql:2:7: a value of type 'dict' has no attribute 'naem'
                ⇥{{ x.naem }}
                ⇥     ^
            Did you mean 'name'?
              in inner, called at models/m.sql:4:23
              in outer, called at models/m.sql:5:11
            """.Replace('⇥', '\t').ReplaceLineEndings("\n");
        Assert.Equal(expected, error.Describe());
        Assert.Equal(new SourcePosition("models/m.sql", 2, 7), error.Position);
        Assert.Equal(["inner", "outer"], error.Calls.Select(call => call.Macro));
    }

    [Fact]
    public void Shows_a_part_of_a_long_line()
    {
        var error = Fails(new string('x', 1_000) + "{{ nothing }}" + new string('y', 1_000));
        var lines = error.Describe().Split('\n');
        Assert.All(lines, line => Assert.True(line.Length < 130));
        Assert.Equal("nothing", lines[1].Substring(lines[2].IndexOf('^'), 7));
    }

    [Fact]
    public void Names_a_macro_that_calls_itself_without_end_once()
    {
        var text = Fails("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}").Describe();
        Assert.Contains("in a, called at models/m.sql:1:19 (", text, StringComparison.Ordinal);
        Assert.True(text.Split('\n').Length < 8);
    }

    [Fact]
    public void Says_where_a_host_function_was_called()
    {
        var scope = new Scope { ["fail"] = new Function("fail", "message", a => throw new TemplateException(a.Text(0), "a hint")) };
        var error = Assert.Throws<TemplateException>(() => Template.Parse("\n  {{ fail('no such model') }}", "a.sql").Render(new TemplateContext(scope)));
        Assert.Equal(("no such model", "a hint", new SourcePosition("a.sql", 2, 6)), (error.Message, error.Hint, error.Position));
    }

    [Fact]
    public void Lets_other_exceptions_of_the_host_through()
    {
        var scope = new Scope { ["fail"] = new Function("fail", "", _ => throw new TimeoutException()) };
        Assert.Throws<TimeoutException>(() => Template.Parse("{{ fail() }}", "a.sql").Render(new TemplateContext(scope)));
    }

    [Fact]
    public void Tells_a_host_function_where_it_is_called()
    {
        SourcePosition? seen = null;
        var scope = new Scope { ["ref"] = new Function("ref", "name", a => { seen = a.Context.Position; return a[0]; }) };
        var context = new TemplateContext(scope);
        Template.Parse("select *\nfrom {{ ref('x') }}", "a.sql").Render(context);
        Assert.Equal(new SourcePosition("a.sql", 2, 9), seen);
        Assert.Null(context.Position);
    }

    [Fact]
    public void Cuts_long_names_in_messages()
    {
        var error = Fails("{{ " + new string('n', 10_000) + " }}");
        Assert.True(error.Message.Length < 100);
    }

    [Fact]
    public void Never_shows_the_key_that_was_looked_for()
    {
        var error = Fails("{% set d = {} %}{% set secret = 'Jane ' ~ 'Doe' %}\n{{ d[secret] }}");
        Assert.DoesNotContain("Doe", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Leaves_the_context_usable_after_an_error()
    {
        var context = new TemplateContext(new Scope());
        Assert.Throws<TemplateException>(() => Template.Parse("{% macro m() %}{{ x }}{% endmacro %}{{ m() }}", "a.sql").Render(context));
        Assert.Empty(context.Calls);
        Assert.Equal("2", Template.Parse("{{ 1 + 1 }}", "b.sql").Render(context));
    }

    private static TemplateException Fails(string text) =>
        Assert.Throws<TemplateException>(() => Template.Parse(text, "models/m.sql").Render(new TemplateContext(new Scope())));
}
