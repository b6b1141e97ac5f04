using System.Globalization;
using System.Text;

namespace Tributary.Tests.Compat.Jinja;

/// <summary>
/// A template of the kind that dbt projects are made of, grown by chance from a seed: every expression has a type, so that most
/// templates mean something; the rest must fail on both sides.
/// </summary>
internal sealed class GeneratedTemplate
{
    private readonly Random chance;
    private readonly StringBuilder text = new();
    private readonly List<string> numbers = ["n", "m"];
    private readonly List<string> texts = ["s", "t"];
    private readonly List<string> lists = ["xs", "words"];
    private readonly GeneratedExpression expressions;
    private int names;
    private int loops;

    private GeneratedTemplate(int seed)
    {
        chance = new Random(seed);
        expressions = new GeneratedExpression(chance, numbers, texts, lists);
    }

    /// <summary>What every template finds.</summary>
    public const string Context = """
        {"n": 3, "m": -7, "f": 2.5, "s": "Ward 7, north wing", "t": "it's <b> & more", "yes": true, "nothing": null, "xs": [3, 1, 2, 2, 10],
         "words": ["b", "A", "c", "", "a b"], "d": {"a": 1, "b": "x", "c": [1, 2]},
         "rows": [{"name": "x", "v": 2, "ok": true}, {"name": "y", "v": 1, "ok": false}, {"name": "x", "v": 5, "ok": true}]}
        """;

    public static string Of(int seed)
    {
        var template = new GeneratedTemplate(seed);
        for (var i = 0; i < 3 + template.chance.Next(5); i++) template.Statement(depth: 0);
        return template.text.ToString();
    }

    private string Number(int depth = 0) => expressions.Number(depth);

    private string Text(int depth = 0) => expressions.Text(depth);

    private string List(int depth = 0) => expressions.List(depth);

    private string Truth() => expressions.Truth(0);

    private string Any() => expressions.Any(0);

    /// <summary>A tag, its dashes by chance.</summary>
    private void Tag(string inner) => text.Append(chance.Next(3) == 0 ? "{%- " : "{% ").Append(inner).Append(chance.Next(3) == 0 ? " -%}" : " %}");

    private void Write(string expression) => text.Append(chance.Next(6) == 0 ? "{{- " : "{{ ").Append(expression).Append(chance.Next(6) == 0 ? " -}}" : " }}");

    private void Prose() => text.Append(Pick(" ", "\n", "select ", ", ", "  -- note\n", "x", "\n\n  ", "'", "{", "% }", "a\tb"));

    private string Pick(params string[] choices) => choices[chance.Next(choices.Length)];

    private string Name(string prefix) => prefix + (++names).ToString(CultureInfo.InvariantCulture);

    private void Body(int depth)
    {
        for (var i = 0; i < 1 + chance.Next(3); i++) Statement(depth + 1);
    }

    private void Statement(int depth)
    {
        Prose();
        if (depth > 2)
        {
            Write(Any());
            return;
        }
        switch (chance.Next(14))
        {
            case 0 or 1 or 2 or 3: Write(Any()); break;
            case 4 or 5: If(depth); break;
            case 6 or 7: For(depth); break;
            case 8: Set(); break;
            case 9: SetBlock(depth); break;
            case 10: MacroWithCall(depth); break;
            case 11: CallBlock(depth); break;
            case 12: Namespace(depth); break;
            default: Rest(depth); break;
        }
    }

    private void If(int depth)
    {
        Tag($"if {Truth()}");
        Body(depth);
        if (chance.Next(2) == 0)
        {
            Tag($"elif {Truth()}");
            Body(depth);
        }
        if (chance.Next(2) == 0)
        {
            Tag("else");
            Body(depth);
        }
        Tag("endif");
    }

    private void For(int depth)
    {
        var name = Name("i");
        var isPairs = chance.Next(4) == 0;
        var head = isPairs ? $"for k{names}, {name} in {Pick("d.items()", "d | dictsort", "[(1, 2), ('a', none)]")}" : $"for {name} in {List()}";
        Tag(head + (chance.Next(4) == 0 ? $" if {Pick($"{name} is not none", $"{name} is string", $"{name} is number", Truth())}" : ""));
        loops++;
        text.Append(Pick("", "{{ loop.index }}", "{{ loop.index0 ~ '/' ~ loop.length }}", "{{ ',' if not loop.last }}", "{{ loop.first }}", "{{ loop.revindex }}", "{{ loop.cycle('o', 'e') }}", "{{ loop.previtem is defined }}", "{{ loop.changed(loop.index // 2) }}"));
        Write(name);
        Body(depth);
        loops--;
        if (chance.Next(4) == 0)
        {
            Tag("else");
            Body(depth);
        }
        Tag("endfor");
    }

    private void Set()
    {
        switch (chance.Next(4))
        {
            case 0: Define("v", Number(), numbers); break;
            case 1: Define("w", Text(), texts); break;
            case 2: Define("l", List(), lists); break;
            default:
                var (a, b) = (Name("p"), Name("q"));
                Tag($"set {a}, {b} = {Any()}, {Any()}");
                Write($"{a} ~ {b}");
                break;
        }
    }

    /// <summary>Names are used later only outside loops and blocks, where they would be gone.</summary>
    private void Define(string prefix, string value, List<string> known)
    {
        var name = Name(prefix);
        Tag($"set {name} = {value}");
        if (loops == 0 && chance.Next(2) == 0) known.Add(name);
        Write(name);
    }

    private void SetBlock(int depth)
    {
        var name = Name("b");
        Tag($"set {name}{Pick("", " | upper", " | trim")}");
        Body(depth);
        Tag("endset");
        Write($"{name} | {Pick("trim", "length", "replace(' ', '_')", "upper")}");
    }

    private void MacroWithCall(int depth)
    {
        var name = Name("macro");
        Tag($"macro {name}(a, b={Number()}, c=none)");
        Write(Pick("a", "b", "c", "a ~ b", "[a, b, c]", "varargs", "kwargs", "caller is defined"));
        Body(depth);
        Tag("endmacro");
        Write($"{name}({Pick(Any(), $"{Any()}, {Number()}", $"a={Any()}", $"{Any()}, c={Any()}", "")})");
    }

    private void CallBlock(int depth)
    {
        var name = Name("caller");
        Tag($"macro {name}(x=1)");
        text.Append(Pick("{{ caller() }}", "{{ caller(x) }}", "<{{ caller(x) | trim }}>", "{{ caller(x) }}{{ caller(x + 1) }}"));
        Tag("endmacro");
        Tag(Pick($"call {name}()", $"call(y) {name}({Number()})", $"call(y=5) {name}()"));
        Body(depth);
        text.Append(Pick("{{ y }}", "", "{{ y is defined }}"));
        Tag("endcall");
    }

    private void Namespace(int depth)
    {
        var name = Name("ns");
        Tag($"set {name} = namespace(count=0, seen=[])");
        Tag($"for item in {List()}");
        Tag($"set {name}.count = {name}.count + {Pick("1", "loop.index", Number())}");
        Tag($"do {name}.seen.append(item)");
        Tag("endfor");
        Write($"{name}.count ~ {name}.seen");
    }

    private void Rest(int depth)
    {
        switch (chance.Next(6))
        {
            case 0:
                text.Append("{# ").Append(Pick("note", "{{ n }}", "a\nb")).Append(chance.Next(2) == 0 ? " #}" : " -#}");
                break;
            case 1:
                text.Append("{% raw %}{{ not }} {% this %}{% endraw %}");
                break;
            case 2:
                Tag($"filter {Pick("upper", "trim", "replace('a', 'b')", "indent(2)")}");
                Body(depth);
                Tag("endfilter");
                break;
            case 3:
                var name = Name("dict");
                Tag($"set {name} = {{'k': {Any()}, 2: {Number()}}}");
                Tag($"do {name}.update({{'z': {Any()}}})");
                Write(Pick(name, $"{name}.k", $"{name}['z']", $"{name} | length", $"{name}.get('none', {Any()})", $"{name}.items() | list", $"{name}.pop('k')"));
                break;
            case 4:
                Tag($"with w = {Any()}");
                Write("w");
                Tag("endwith");
                break;
            default:
                Write(Pick("none_of_this_name", "d.missing", "rows[9]", "s.missing", "xs.missing is defined", "(nothing or 'usual')", "d.missing | default('usual')", "nothing | default('usual', true)", "rows[0].missing ~ 'x'"));
                break;
        }
    }
}
