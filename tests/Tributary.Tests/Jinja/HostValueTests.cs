using System.Text.Json;
using Tributary.Jinja;
using Tributary.Jinja.Syntax;
using Tributary.Jinja.Values;

namespace Tributary.Tests.Jinja;

public sealed class HostValueTests
{
    [Theory]
    [InlineData("{{ i + 1 }} {{ f }} {{ m }} {{ b }} {{ n is none }} {{ c }}", "43 1.5 1.10 True True x")]
    [InlineData("{{ list }} {{ list[-1] }} {{ list|length }}", "['a', 'b'] b 2")]
    [InlineData("{{ dict.k }} {{ dict['k'] }} {{ dict.items()|list }}", "1 1 [('k', 1)]")]
    [InlineData("{{ json.a[0].b }} {{ json.n }} {{ json.f }} {{ json }}", "x 12345678901234567890 0.5 {'a': [{'b': 'x'}], 'n': 12345678901234567890, 'f': 0.5, 'z': None, 't': True}")]
    [InlineData("{{ m + 1 }} {{ m * 2 }} {{ m > 1 }} {{ m == 1.1 }} {{ m|round(1) }}", "2.10 2.20 True True 1.1")]
    public void Takes_values_of_the_host(string text, string expected)
    {
        var scope = new Scope
        {
            ["i"] = 42,
            ["f"] = 1.5f,
            ["m"] = 1.10m,
            ["b"] = true,
            ["n"] = null,
            ["c"] = 'x',
            ["list"] = new[] { "a", "b" },
            ["dict"] = new Dictionary<string, object?> { ["k"] = (short)1 },
            ["json"] = JsonDocument.Parse("""{"a":[{"b":"x"}],"n":12345678901234567890,"f":0.5,"z":null,"t":true}""").RootElement,
        };
        Assert.Equal(expected, Template.Parse(text, "m.sql").Render(new TemplateContext(scope)));
    }

    [Theory]
    [InlineData("{% macro pass(m) %}{{ caller is defined }}{% endmacro %}{{ pass(dict) }}", "False", 0)]
    [InlineData("{{ dict.k }}{{ dict }}{{ dict | length }}{% do dict.update({'l': 2}) %}{{ dict.keys() | list }}", "1{'k': 1}1['k', 'l']", 1)]
    public void A_dict_may_be_made_when_somebody_looks_into_it(string text, string expected, int times)
    {
        var made = 0;
        var dict = JinjaDict.Later(() =>
        {
            made++;
            return new JinjaDict { ["k"] = 1 };
        });
        Assert.Equal(expected, Render(text, "dict", dict));
        Assert.Equal(times, made);
    }

    [Theory]
    [InlineData("{{ rel }}", "\"s\".\"t\"")]
    [InlineData("{{ rel.identifier }}", "t")]
    [InlineData("{{ rel['schema'] }}", "s")]
    [InlineData("{{ rel.include(schema=false) }}", "\"t\"")]
    [InlineData("{{ rel is mapping }}{{ rel is iterable }}{{ rel is string }}{{ rel is defined }}", "FalseFalseFalseTrue")]
    [InlineData("{{ rel ~ '_x' }}", "\"s\".\"t\"_x")]
    [InlineData("{{ [rel, rel]|unique|length }}", "1")]
    [InlineData("{{ rel == rel }}{{ rel != none }}", "TrueTrue")]
    [InlineData("{{ rel.nothing is defined }}", "False")]
    [InlineData("{{ rel.include(table=false) }}", "error: include() has no parameter 'table'")]
    [InlineData("{{ rel.nothing }}", "error: a value of type 'Relation' has no attribute 'nothing'")]
    [InlineData("{{ rel + 1 }}", "error: unsupported operand types for +: 'Relation' and 'int'")]
    [InlineData("{% for x in rel %}{% endfor %}", "error: a value of type 'Relation' cannot be looped over")]
    public void Reads_objects_of_the_host(string text, string expected) => Assert.Equal(expected, Render(text, "rel", new Relation("s", "t")));

    [Theory]
    [InlineData("{{ day - 3 }}", "day 7")]
    [InlineData("{{ 3 + day }}", "day 13")]
    [InlineData("{{ day < day + 1 }}{{ [day + 1, day]|sort|first }}", "Trueday 10")]
    [InlineData("{{ day * 2 }}", "error: unsupported operand types for *: 'Day' and 'int'")]
    public void Lets_objects_of_the_host_take_part_in_operators(string text, string expected) => Assert.Equal(expected, Render(text, "day", new Day(10)));

    [Theory]
    [InlineData("{% for row in table %}{{ row[0] }}{% endfor %}", "12")]
    [InlineData("{{ table|length }} {{ table.rows|length }} {{ table is iterable }} {{ 'y' if table }}", "2 2 True y")]
    public void Loops_over_objects_of_the_host(string text, string expected) => Assert.Equal(expected, Render(text, "table", new Table()));

    [Fact]
    public void Gives_a_host_function_its_arguments_by_position_and_by_name()
    {
        var scope = new Scope { ["f"] = new Function("f", "a, b=2, *args, **kwargs", a => $"{a[0]}|{a[1]}|{string.Join(",", a.Rest)}|{string.Join(",", a.NamedRest.Select(p => p.Key))}") };
        Assert.Equal("1|2|| 1|3|4,5|k 7|6||", Template.Parse("{{ f(1) }} {{ f(1, 3, 4, 5, k=1) }} {{ f(b=6, a=7) }}", "m.sql").Render(new TemplateContext(scope)));
    }

    [Theory]
    [InlineData("{{ 1 }}", 1L)]
    [InlineData("{{ 'a' }}", "a")]
    [InlineData("{{ none }}", null)]
    [InlineData("a{{ 1 }}", "a1")]
    [InlineData("plain", "plain")]
    [InlineData("{{ '5'|as_number }}", 5L)]
    [InlineData("{{ '1.5'|as_number }}", 1.5)]
    [InlineData("{{ 'True'|as_bool }}", true)]
    [InlineData("{{ 'text'|as_native }}", "text")]
    [InlineData("{{ 5|as_text }}", "5")]
    [InlineData("{{ 1 == 1 }}", true)]
    public void Evaluates_a_template_that_is_one_expression(string text, object? expected) =>
        Assert.Equal(expected, Template.Parse(text, "m.yml").Evaluate(new TemplateContext(new Scope())));

    [Fact]
    public void Evaluates_lists_that_text_spells() =>
        Assert.Equal(new List<object?> { 1L, "a" }, Template.Parse("{{ \"[1, 'a']\"|as_native }}", "m.yml").Evaluate(new TemplateContext(new Scope())));

    [Fact]
    public void Refuses_text_that_is_not_the_number_that_was_asked_for() =>
        Assert.Throws<TemplateException>(() => Template.Parse("{{ 'x'|as_number }}", "m.yml").Evaluate(new TemplateContext(new Scope())));

    [Fact]
    public void Lets_undefined_pass_while_references_are_collected()
    {
        var refs = new List<string>();
        var scope = new Scope { ["ref"] = new Function("ref", "name", a => { refs.Add(a.Text(0)); return "x"; }) };
        var context = new TemplateContext(scope) { Undefined = UndefinedPolicy.Chained };
        var text = Template.Parse("{{ nothing.at['all'](1).x }}{{ ref('a') }}{% for x in nothing %}{{ ref('b') }}{% endfor %}{{ ref('c') }}", "m.sql").Render(context);
        Assert.Equal("xx", text);
        Assert.Equal(["a", "c"], refs);
    }

    private static string Render(string text, string name, object value)
    {
        try
        {
            return Template.Parse(text, "m.sql").Render(new TemplateContext(new Scope { [name] = value }));
        }
        catch (TemplateException e)
        {
            return "error: " + e.Message;
        }
    }

    private sealed record Relation(string? Schema, string Identifier) : IJinjaObject
    {
        string IJinjaObject.TypeName => "Relation";

        public bool TryGetAttribute(string name, out object? value)
        {
            value = name switch
            {
                "schema" => Schema,
                "identifier" => Identifier,
                "include" => new Function("include", "schema=True", a => this with { Schema = a.IsTrue(0) ? Schema : null }),
                _ => null,
            };
            return value is not null;
        }

        public bool TryGetItem(object? key, out object? value) => TryGetAttribute((string)key!, out value);

        public override string ToString() => Schema is null ? $"\"{Identifier}\"" : $"\"{Schema}\".\"{Identifier}\"";
    }

    private sealed record Day(long Number) : IJinjaObject, IComparable
    {
        string IJinjaObject.TypeName => "Day";

        public bool TryGetAttribute(string name, out object? value) => (value = null) is not null;

        public int CompareTo(object? obj) => Number.CompareTo(((Day)obj!).Number);

        public bool TryOperate(BinaryOperator op, object? other, bool isLeft, out object? result)
        {
            result = (op, other) switch
            {
                (BinaryOperator.Add, long days) => new Day(Number + days),
                (BinaryOperator.Subtract, long days) when isLeft => new Day(Number - days),
                _ => null,
            };
            return result is not null;
        }

        public override string ToString() => $"day {Number}";
    }

    private sealed class Table : IJinjaObject
    {
        public IEnumerable<object?> Items => [new[] { 1, 2 }, new[] { 2, 3 }];

        public int? Length => 2;

        public bool TryGetAttribute(string name, out object? value)
        {
            value = name == "rows" ? Items : null;
            return value is not null;
        }
    }
}
