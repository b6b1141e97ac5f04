using System.Globalization;

namespace Tributary.Tests.Compat.Jinja;

/// <summary>Expressions by chance: numbers, text, lists and truths, from literals, names, operators, filters, tests and methods.</summary>
internal sealed class GeneratedExpression(Random chance, List<string> numbers, List<string> texts, List<string> lists)
{
    private const int Deepest = 3;

    public string Any(int depth) => chance.Next(7) switch
    {
        0 or 1 => Number(depth),
        2 or 3 => Text(depth),
        4 => List(depth),
        5 => Truth(depth),
        _ => Pick("nothing", "d", "f", "rows[0]", "yes", "d.c", "rows | map(attribute='name') | list", "{'x': 1, 'y': [none, 2.0]}", "('a',)", "[]", "{}", "f * 2", "n / 2", "1e3", "-0.5", "d | tojson", "rows | tojson"),
    };

    public string Number(int depth) => depth >= Deepest ? Pick(Of(numbers), Digit()) : chance.Next(22) switch
    {
        0 or 1 => Of(numbers),
        2 => Digit(),
        3 => $"({Number(depth + 1)} + {Number(depth + 1)})",
        4 => $"({Number(depth + 1)} - {Number(depth + 1)})",
        5 => $"{Number(depth + 1)} * {Digit()}",
        6 => $"{Number(depth + 1)} // {Pick("2", "-3", "7", "0")}",
        7 => $"{Number(depth + 1)} % {Pick("2", "-3", "5")}",
        8 => $"{Digit()} ** {Pick("0", "2", "3")}",
        9 => $"({List(depth + 1)} | length)",
        10 => $"({Text(depth + 1)} | length)",
        11 => "(xs | sum)",
        12 => Pick("xs[0]", "xs[-1]", "(xs | first)", "(xs | last)", "(xs | max)", "(xs | min)", "d.a", "d['a']", "rows[1].v"),
        13 => $"{Text(depth + 1)}.count({Letter()})",
        14 => $"{Text(depth + 1)}.find({Letter()})",
        15 => $"({Number(depth + 1)} if {Truth(depth + 1)} else {Number(depth + 1)})",
        16 => $"({Number(depth + 1)} | abs)",
        17 => $"({Text(depth + 1)} | int({Digit()}))",
        18 => "(rows | map(attribute='v') | sum)",
        19 => "(rows | selectattr('ok') | list | length)",
        20 => $"({Number(depth + 1)} | round | int)",
        _ => "-" + Digit(),
    };

    public string Text(int depth) => depth >= Deepest ? Pick(Of(texts), Literal()) : chance.Next(24) switch
    {
        0 or 1 => Of(texts),
        2 => Literal(),
        3 => $"({Any(depth + 1)} ~ {Any(depth + 1)})",
        4 => $"({Text(depth + 1)} | {Pick("upper", "lower", "trim", "capitalize", "title", "reverse", "string", "e", "urlencode", "wordcount", "striptags")})",
        5 => $"{Text(depth + 1)}.{Pick("upper()", "lower()", "strip()", "title()", "capitalize()", "lstrip()", "rstrip('g')", "swapcase()", "zfill(8)", "center(20, '*')", "ljust(12)", "rjust(12, '.')")}",
        6 => $"({Text(depth + 1)} | replace({Letter()}, {Pick("'_'", "''", "'ab'")}))",
        7 => $"{Text(depth + 1)}.replace({Letter()}, '-', 1)",
        8 => $"{Text(depth + 1)}[{Pick("1:", ":3", "-2:", "::2", "::-1", "1:-1", "0", "-1")}]",
        9 => $"({List(depth + 1)} | join({Pick("', '", "''", "'-'")}))",
        10 => $"({List(depth + 1)} | map('string') | join('+'))",
        11 => $"'{Pick("%s-%s", "%5s|%s", "%-4s/%s")}' | format({Any(depth + 1)}, {Any(depth + 1)})",
        12 => $"'{Pick("{} {}", "{0}{1}{0}", "{:>4}|{}")}'.format({Text(depth + 1)}, {Number(depth + 1)})",
        13 => $"({Number(depth + 1)} | string)",
        14 => $"'{Pick("%d", "%05d", "%x", "%.2f", "%s")}' % {Number(depth + 1)}",
        15 => $"({Text(depth + 1)} | indent({Digit()}, {Pick("true", "false")}))",
        16 => $"({Text(depth + 1)} | truncate({Pick("5", "9, true", "6, false, '…', 0")}))",
        17 => $"({Any(depth + 1)} | tojson)",
        18 => $"({Text(depth + 1)} | default('d', true))",
        19 => $"({Text(depth + 1)} * {Pick("0", "1", "2")})",
        20 => $"{Pick("', '", "'-'", "''")}.join(words)",
        21 => $"({Text(depth + 1)} if {Truth(depth + 1)} else {Text(depth + 1)})",
        22 => $"({Any(depth + 1)} | string | trim)",
        _ => $"({Text(depth + 1)} | center({Pick("5", "24")}))",
    };

    public string List(int depth) => depth >= Deepest ? Of(lists) : chance.Next(22) switch
    {
        0 or 1 or 2 => Of(lists),
        3 => $"[{Any(depth + 1)}, {Any(depth + 1)}, {Any(depth + 1)}]",
        4 => $"(range({Pick("4", "1, 5", "10, 0, -3", "0", "n")}) | list)",
        5 => $"(xs | sort{Pick("", "(reverse=true)")})",
        6 => "(words | sort)",
        7 => "(words | sort(case_sensitive=true))",
        8 => $"({List(depth + 1)} | unique | list)",
        9 => $"(words | map('{Pick("upper", "length", "trim", "first")}') | list)",
        10 => $"(xs | {Pick("select('even')", "reject('odd')", "select('gt', 1)", "select('in', [1, 2])", "map('string')", "batch(2)", "slice(2)", "reverse")} | list)",
        11 => $"({List(depth + 1)} + {List(depth + 1)})",
        12 => $"{List(depth + 1)}[{Pick("1:", ":2", "::-1", "-2:", "::2", "1:1")}]",
        13 => $"{Text(depth + 1)}.split({Pick("", "' '", "'a'", "',', 1")})",
        14 => Pick("d.keys() | list", "d.values() | list", "d.items() | list", "d | dictsort", "d | list", "d | dictsort(false, 'value')").Replace("d | dictsort(false, 'value')", "{'p': 2, 'q': 1} | dictsort(false, 'value')", StringComparison.Ordinal),
        15 => $"(rows | map(attribute='{Pick("name", "v")}') | list)",
        16 => $"(rows | {Pick("selectattr('ok')", "rejectattr('ok')", "selectattr('v', 'gt', 1)", "selectattr('name', 'equalto', 'x')", "sort(attribute='v')", "sort(attribute='name,v')")} | map(attribute='v') | list)",
        17 => "(rows | groupby('name') | map('first') | list)",
        18 => $"({Text(depth + 1)} | list)",
        19 => $"({List(depth + 1)} * {Pick("0", "2")})",
        20 => "(rows | map(attribute='name') | map('upper') | list)",
        _ => "(1, 'a', none)",
    };

    public string Truth(int depth) => depth >= Deepest ? Pick("true", "false", "yes", "n > 2") : chance.Next(16) switch
    {
        0 => $"{Number(depth + 1)} {Pick("<", ">", "<=", ">=", "==", "!=")} {Number(depth + 1)}",
        1 => $"{Any(depth + 1)} {Pick("==", "!=")} {Any(depth + 1)}",
        2 => $"{Letter()} {Pick("in", "not in")} {Text(depth + 1)}",
        3 => $"{Any(depth + 1)} {Pick("in", "not in")} {List(depth + 1)}",
        4 => $"{Any(depth + 1)} is {Pick("", "not ")}{Pick("none", "string", "number", "mapping", "iterable", "sequence", "defined", "boolean", "integer", "float", "true", "false", "callable")}",
        5 => $"{Number(depth + 1)} is {Pick("even", "odd", "divisibleby 3", "eq 3", "gt 1", "in [1, 2, 3]")}",
        6 => $"({Truth(depth + 1)} and {Truth(depth + 1)})",
        7 => $"({Truth(depth + 1)} or {Truth(depth + 1)})",
        8 => $"not {Truth(depth + 1)}",
        9 => $"{Text(depth + 1)}.{Pick("startswith('W')", "endswith('g')", "isdigit()", "isupper()", "islower()", "isalpha()", "isalnum()")}",
        10 => $"{Pick("missing", "d.missing", "n", "loop")} is {Pick("defined", "undefined", "not defined")}",
        11 => $"1 < {Number(depth + 1)} <= 5",
        12 => $"{Text(depth + 1)} {Pick("<", ">", "==")} {Text(depth + 1)}",
        13 => $"{Text(depth + 1)} is {Pick("lower", "upper")}",
        14 => $"{List(depth + 1)}",
        _ => Pick("true", "false", "yes", "none", "''", "0", "[]", "{}"),
    };

    private string Pick(params string[] choices) => choices[chance.Next(choices.Length)];

    private string Of(List<string> names) => names[chance.Next(names.Count)];

    private string Digit() => chance.Next(12).ToString(CultureInfo.InvariantCulture);

    private string Letter() => Pick("'a'", "'r'", "' '", "'W'", "'zz'", "','");

    private string Literal() => Pick("'abc'", "\"it's\"", "'  pad '", "''", "'A-b_c'", "'line\\nbreak'", "'ünï'", "'12'", "'3.5'", "'True'");
}
