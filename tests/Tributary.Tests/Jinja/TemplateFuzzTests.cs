using System.Globalization;
using System.Text;
using Tributary.Jinja;
using Tributary.Jinja.Values;

namespace Tributary.Tests.Jinja;

/// <summary>Text put together by chance, always the same for a seed, must give text or a TemplateException, within the limits.</summary>
public sealed class TemplateFuzzTests
{
    private static readonly TemplateLimits Limits = new() { Iterations = 20_000, Characters = 200_000, CallDepth = 60 };

    private static readonly string[] Parts =
    [
        "{{", "}}", "{%", "%}", "{#", "#}", "{{-", "-}}", "{%-", "-%}", "{%+", "+%}", " ", "\n", "'", "\"", "(", ")", "[", "]", "{", "}",
        "|", ".", ",", ":", "=", "==", "!=", "<", ">=", "~", "+", "-", "*", "**", "/", "//", "%", "if", "elif", "else", "endif", "for", "in",
        "endfor", "set", "endset", "macro", "endmacro", "call", "endcall", "filter", "endfilter", "with", "endwith", "raw", "endraw", "do",
        "not", "and", "or", "is", "recursive", "loop", "return", "range", "namespace", "dict", "x", "y", "m", "none", "true", "1", "0", "2.5", "1e9",
        "99999999999", "'a'", "\\", "é", "😀", "test", "docs", "enddocs", "snapshot", "endsnapshot", "materialization", "break", "\0", "\t", "\r\n",
    ];

    private static readonly string[] Names = ["x", "y", "z", "loop", "m", "caller", "varargs", "text", "list", "map", "number", "missing"];

    private static readonly string[] Filters =
    [
        "abs", "attr('a')", "batch(2)", "capitalize", "center(9)", "default('d')", "dictsort", "e", "filesizeformat", "first", "float", "format(1)",
        "groupby('a')", "indent(3)", "int", "items", "join('-')", "last", "length", "list", "lower", "map('upper')", "map(attribute='a')", "max", "min",
        "pprint", "random", "reject('none')", "rejectattr('a')", "replace('a', 'b')", "reverse", "round(1)", "select", "selectattr('a', 'eq', 1)", "slice(2)",
        "sort", "string", "striptags", "sum", "title", "tojson", "trim", "truncate(3)", "unique", "upper", "urlencode", "wordcount", "wordwrap(5)", "as_number",
    ];

    private static readonly string[] Methods =
    [
        "append(1)", "extend(x)", "insert(0, y)", "pop()", "remove(1)", "sort()", "reverse()", "copy()", "index(1)", "count(1)", "clear()", "items()", "keys()",
        "values()", "get('a')", "update(map)", "setdefault('q', 1)", "split()", "split(',')", "rsplit('a', 1)", "join(list)", "strip()", "replace('a', 'b')",
        "startswith('a')", "format(1, a=2)", "zfill(7)", "center(9)", "splitlines()", "partition('a')", "title()", "find('a')", "a", "b.c", "0", "upper()",
    ];

    private static readonly string[] Operators =
        ["+", "-", "*", "/", "//", "%", "**", "~", "==", "!=", "<", "<=", ">", ">=", "in", "not in", "and", "or"];

    private static int Inputs =>
        int.TryParse(Environment.GetEnvironmentVariable("TRIBUTARY_FUZZ_INPUTS"), CultureInfo.InvariantCulture, out var count) ? count : 20_000;

    [Fact]
    public void Only_template_exceptions_come_out_of_any_text()
    {
        var random = new Random(20_261_120);
        for (var i = 0; i < Inputs; i++)
        {
            var text = (i % 4) switch { 0 => Scrambled(random), 1 => Damaged(random), _ => WellFormed(random) };
            Run(text);
        }
    }

    private static void Run(string text)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Render(text);
        }
        catch (TemplateException e)
        {
            Assert.False(string.IsNullOrEmpty(e.Describe()));
            Assert.NotNull(e.Position);
        }
        catch (Exception e) when (e is not Xunit.Sdk.IAssertionException)
        {
            Assert.Fail($"{e.GetType().Name} came out of:\n{text}\n{e}");
        }

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 300_000_000, text);
    }

    private static void Render(string text)
    {
        var scope = new Scope
        {
            ["x"] = 3,
            ["y"] = "a,b",
            ["text"] = "Hello, world a",
            ["list"] = new List<object?> { 1L, "a", null, new JinjaDict { ["a"] = 1L } },
            ["map"] = new Dictionary<string, object?> { ["a"] = 1, ["b"] = new Dictionary<string, object?> { ["c"] = "d" } },
            ["number"] = 2.5,
        };
        var syntax = new TemplateSyntax { LoopControls = true };
        Template.Parse(text, "fuzz", Limits, syntax).Render(new TemplateContext(scope, Limits));
    }

    private static string Scrambled(Random random)
    {
        var text = new StringBuilder();
        for (var i = random.Next(1, 25); i > 0; i--) text.Append(Pick(Parts, random)).Append(random.Next(3) == 0 ? " " : "");
        return text.ToString();
    }

    private static string Damaged(Random random)
    {
        var text = new StringBuilder(WellFormed(random));
        for (var i = random.Next(1, 4); i > 0 && text.Length > 0; i--)
        {
            var at = random.Next(text.Length);
            if (random.Next(2) == 0) text.Remove(at, Math.Min(text.Length - at, random.Next(1, 4)));
            else text.Insert(at, Pick(Parts, random));
        }

        return text.ToString();
    }

    private static string WellFormed(Random random)
    {
        var text = new StringBuilder();
        for (var i = random.Next(1, 5); i > 0; i--) text.Append(Statement(random, 3));
        return text.ToString();
    }

    private static string Statement(Random random, int depth)
    {
        string Value() => Expression(random, depth);
        string Inner() => depth == 0 ? "text" : Statement(random, depth - 1);
        return random.Next(14) switch
        {
            0 => $"{{% if {Value()} %}}{Inner()}{{% elif {Value()} %}}{Inner()}{{% else %}}{Inner()}{{% endif %}}",
            1 => $"{{% for {Pick(Names, random)} in {Value()} %}}{Inner()}{{{{ loop.index }}}}{{% else %}}{Inner()}{{% endfor %}}",
            2 => $"{{% for a, b in {Value()} if {Value()} %}}{Inner()}{{% endfor %}}",
            3 => $"{{% set {Pick(Names, random)} = {Value()} %}}",
            4 => $"{{% set {Pick(Names, random)} %}}{Inner()}{{% endset %}}",
            5 => $"{{% do {Value()} %}}",
            6 => $"{{% macro m(x, y={Value()}) %}}{Inner()}{{% do return({Value()}) %}}{{% endmacro %}}",
            7 => $"{{% macro m(x) %}}{Inner()}{{{{ caller(x) }}}}{{% endmacro %}}{{% call(z) m({Value()}) %}}{Inner()}{{% endcall %}}",
            8 => $"{{% filter {Pick(Filters, random)} %}}{Inner()}{{% endfilter %}}",
            9 => $"{{% with x = {Value()} %}}{Inner()}{{% endwith %}}",
            10 => $"{{% for x in list recursive %}}{{{{ loop({Value()}) if loop.depth < 4 }}}}{{% endfor %}}",
            _ => $"{{{{ {Value()} }}}}",
        };
    }

    private static string Expression(Random random, int depth)
    {
        if (depth == 0) return random.Next(3) == 0 ? Pick(["1", "0", "-7", "2.5", "'a'", "none", "true", "10 ** 9", "[]", "{}", "'é😀'"], random) : Pick(Names, random);
        string Value() => Expression(random, depth - 1);
        return random.Next(12) switch
        {
            0 or 1 => $"{Value()} {Pick(Operators, random)} {Value()}",
            2 or 3 => $"({Value()})|{Pick(Filters, random)}",
            4 => $"({Value()}).{Pick(Methods, random)}",
            5 => $"{Value()} if {Value()} else {Value()}",
            6 => $"[{Value()}, {Value()}]",
            7 => $"{{{Value()}: {Value()}, 'a': {Value()}}}",
            8 => $"({Value()})[{Value()}:{Value()}]",
            9 => $"({Value()})[{Value()}]",
            10 => $"m({Value()}, {Value()})",
            _ => $"({Value()} is {Pick(["defined", "none", "odd", "iterable", "mapping", "divisibleby 3", "in list", "string"], random)})",
        };
    }

    private static string Pick(string[] from, Random random) => from[random.Next(from.Length)];
}
