using Tributary.Jinja;

namespace Tributary.Tests.Jinja;

public sealed class TemplateLimitTests
{
    private const int Many = 100_000;

    /// <summary>Heads and repeated parts of texts that would use up the stack of a careless parser.</summary>
    public static TheoryData<string, string, string> DeepTexts => new()
    {
        { "{{ ", "(", "" },
        { "{{ ", "[", "" },
        { "{{ ", "{1:", "" },
        { "{{ ", "f(", "" },
        { "{{ ", "not ", "1 }}" },
        { "{{ ", "-", "1 }}" },
        { "{{ ", "1 if 0 else ", "2 }}" },
        { "{{ 1", " if 1", " }}" },
        { "{{ 1", "+1", " }}" },
        { "{{ 1", "*1", " }}" },
        { "{{ 1", "**1", " }}" },
        { "{{ a", ".b", " }}" },
        { "{{ a", "[0]", " }}" },
        { "{{ a", "()", " }}" },
        { "{{ a", "|upper", " }}" },
        { "{% set ", "(", "" },
        { "", "{% if 1 %}", "" },
        { "", "{% for x in y %}", "" },
        { "", "{% filter upper %}", "" },
        { "", "{% macro a() %}", "" },
        { "", "{% call a() %}", "" },
        { "", "{% with a = 1 %}", "" },
        { "", "{% set a %}", "" },
        { "", "{", "" },
    };

    [Theory]
    [MemberData(nameof(DeepTexts))]
    public void Refuses_text_that_is_nested_too_deeply(string head, string part, string tail)
    {
        var text = head + string.Concat(Enumerable.Repeat(part, Many)) + tail;
        Assert.Throws<TemplateException>(() => Template.Parse(text, "deep.sql"));
    }

    [Theory]
    [InlineData("{{ 1", " ~ 1", " }}")]
    [InlineData("{{ 1", " and 1", " }}")]
    [InlineData("{{ 1", " == 1", " }}")]
    [InlineData("", "{{ 1 }}", "")]
    [InlineData("{% if 0 %}", "{% elif 0 %}", "{% endif %}")]
    [InlineData("{{ [", "1,", "] }}")]
    [InlineData("{{ ", "'a' ", "}}")]
    [InlineData("", "{# a #}", "")]
    [InlineData("", "{% raw %}{{{% endraw %}", "")]
    [InlineData("", "{ ", "")]
    public void Takes_text_that_is_only_long(string head, string part, string tail)
    {
        var text = head + string.Concat(Enumerable.Repeat(part, Many)) + tail;
        Assert.NotNull(Render(text));
    }

    [Theory]
    [InlineData("{{ range(10 ** 9)|list }}")]
    [InlineData("{% for i in range(10 ** 9) %}{% endfor %}")]
    [InlineData("{{ range(10 ** 18) }}")]
    [InlineData("{{ 'x' * 10 ** 9 }}")]
    [InlineData("{{ [1] * 10 ** 9 }}")]
    [InlineData("{{ 10 ** (10 ** 4) }}")]
    [InlineData("{{ '%1000000000d' % 1 }}")]
    [InlineData("{{ '%*d' % (10 ** 9, 1) }}{{ 'x' * 10 ** 8 }}")]
    [InlineData("{{ '%.1000000000f' % 1 }}")]
    [InlineData("{{ '{:1000000000}'.format(1) }}")]
    [InlineData("{{ 'a'.ljust(10 ** 9) }}")]
    [InlineData("{{ 'a'|center(10 ** 9) }}")]
    [InlineData("{{ 'a'|indent(10 ** 9, true) }}")]
    [InlineData("{{ ('a' * 10 ** 5)|replace('a', 'b' * 10 ** 5) }}")]
    [InlineData("{{ [1]|batch(10 ** 9, 0) }}")]
    [InlineData("{{ [1]|slice(10 ** 9, 0) }}")]
    [InlineData("{% set l = [1] %}{% for x in l %}{% do l.append(x) %}{% endfor %}")]
    [InlineData("{% set n = namespace(x='ab') %}{% for i in range(99) %}{% set n.x = n.x ~ n.x %}{% endfor %}")]
    [InlineData("{% set n = namespace(x=[1]) %}{% for i in range(99) %}{% set n.x = n.x + n.x %}{% endfor %}")]
    [InlineData("{% set n = namespace(x=[1]) %}{% for i in range(99) %}{% set n.x = [n.x, n.x] %}{% endfor %}{{ n.x }}")]
    [InlineData("{% set n = namespace(x=[1]) %}{% for i in range(99) %}{% set n.x = [n.x, n.x] %}{% endfor %}{{ n.x|tojson }}")]
    [InlineData("{% set n = namespace(x=[1], y=[1]) %}{% for i in range(99) %}{% set n.x = [n.x, n.x] %}{% set n.y = [n.y, n.y] %}{% endfor %}{{ n.x == n.y }}")]
    [InlineData("{% set n = namespace(x=[1], y=[1]) %}{% for i in range(99) %}{% set n.x = [n.x, n.x] %}{% set n.y = [n.y, n.y] %}{% endfor %}{{ n.x < n.y }}")]
    [InlineData("{% set n = namespace(x=[]) %}{% for i in range(200000) %}{% set n.x = [n.x] %}{% endfor %}{{ n.x }}")]
    [InlineData("{% set n = namespace(x=(1,)) %}{% for i in range(200000) %}{% set n.x = (n.x,) %}{% endfor %}{{ {n.x: 1} }}")]
    [InlineData("{% set a = [] %}{% set b = [a] %}{% do a.append(b) %}{{ a == b }}")]
    [InlineData("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}")]
    [InlineData("{% macro m(a=m()) %}{% endmacro %}{{ m() }}")]
    [InlineData("{% macro a() %}{{ caller() }}{% endmacro %}{% macro b() %}{% call a() %}{{ b() }}{% endcall %}{% endmacro %}{{ b() }}")]
    [InlineData("{% for x in [1] recursive %}{{ loop([x]) }}{% endfor %}")]
    [InlineData("{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}")]
    [InlineData("{% set x = 'a' * 100000 %}{% for i in range(90000) %}{% if x|length %}{% endif %}{% endfor %}")]
    [InlineData("{{ ('{:' * 1000 ~ '}' * 1000).format(1) }}")]
    public void Refuses_work_without_bounds(string text)
    {
        var limits = new TemplateLimits { Iterations = 1_000_000, Characters = 10_000_000 };
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<TemplateException>(() => Render(text, limits));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000_000);
    }

    [Theory]
    [InlineData("{% set l = [] %}{% do l.append(l) %}{{ l }}", "[[...]]")]
    [InlineData("{% set d = {} %}{% do d.update(d=d) %}{{ d }}", "{'d': {...}}")]
    [InlineData("{% set l = [] %}{% do l.append(l) %}{{ l == l }}", "True")]
    public void Shows_values_that_hold_themselves(string text, string expected) => Assert.Equal(expected, Render(text));

    [Fact]
    public void Allows_macros_to_call_one_another_as_deep_as_the_limit()
    {
        const string Text = "{% macro m(n) %}{% if n %}{% for i in [1] %}{{ [m(n - 1)]|join|trim }}{% endfor %}{% endif %}x{% endmacro %}{{ m(390) }}";
        Assert.Equal(391, Render(Text).Length);
    }

    [Fact]
    public void Stops_deep_calls_on_a_small_stack()
    {
        TemplateException? error = null;
        var thread = new Thread(
            () => error = Assert.Throws<TemplateException>(() => Render(
                "{% macro m(n) %}{{ ((((((((((m(n + 1))|upper)|lower)|trim)|upper)|lower)|trim)|upper)|lower)|trim) }}{% endmacro %}{{ m(1) }}",
                new TemplateLimits { CallDepth = int.MaxValue })),
            256 * 1024);
        thread.Start();
        thread.Join();
        Assert.Contains("too deeply", error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stops_when_cancelled()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var context = new TemplateContext(new Scope()) { Cancel = source.Token };
        var template = Template.Parse("{% for i in range(10000) %}x{% endfor %}", "m.sql");
        Assert.Throws<OperationCanceledException>(() => template.Render(context));
    }

    [Fact]
    public void Parses_in_time_that_grows_with_the_text_only()
    {
        // The work for ten times the text is measured in bytes, which no neighbour on the machine disturbs.
        var small = BytesToParse(2_000);
        var large = BytesToParse(20_000);
        Assert.InRange(large / (double)small, 5, 15);
    }

    private static long BytesToParse(int copies)
    {
        var text = string.Concat(Enumerable.Repeat("{% set a = b|upper ~ 'c' %}{% if a is string %}x{{ a.b[1] }}{% endif %}\n", copies));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Template.Parse(text, "long.sql");
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static string Render(string text, TemplateLimits? limits = null) =>
        Template.Parse(text, "m.sql", limits).Render(new TemplateContext(new Scope(), limits));
}
