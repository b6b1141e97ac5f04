using System.Globalization;

namespace Tributary.Tests.Live.Fhir.Views;

/// <summary>Random expressions that have a meaning for the schema of <see cref="RandomResource"/>.</summary>
internal sealed class RandomPath(Random chance)
{
    /// <summary>A path that leads to elements with elements, and their type; null when there are none.</summary>
    public (string Path, string Type)? Elements(string type, bool mustRepeat = true)
    {
        var found = RandomResource.Schema[type].Where(element => RandomResource.Schema.ContainsKey(element.Type) && (element.Repeats || !mustRepeat)).ToList();
        if (found.Count == 0) return null;
        var (name, below, _) = found[chance.Next(found.Count)];
        var path = name + (chance.Next(4) switch
        {
            0 => $".where({Criterion(below, 1)})",
            1 when chance.Next(2) == 0 => $"[{chance.Next(2)}]",
            2 when chance.Next(3) == 0 => ".first()",
            _ => "",
        });
        if (chance.Next(3) > 0 || Elements(below, mustRepeat: false) is not { } more) return (path, below);
        return ($"{path}.{more.Path}", more.Type);
    }

    /// <summary>Any values.</summary>
    public string Values(string type, int depth = 2) => chance.Next(14) switch
    {
        6 => $"{Leaf(type)}.first(){Text()}",
        7 => Pick("%context", "%resource", "%text", "%number", "%resource.id", "%context.id"),
        8 => $"{Leaf(type)}.{Pick("union", "combine", "intersect", "exclude")}({Leaf(type)}).{Subset()}",
        9 when Moment(type) is { } moment => $"{moment}.{Pick("lowBoundary()", "highBoundary()")}",
        10 when type == "Quantity" => $"value.{Pick("lowBoundary()", "highBoundary()")}",
        11 when Elements(type) is { } elements => $"{elements.Path}.where({Pick("%context", "%resource")}.{Pick("id", "active", "use", "status")} = {Leaf(elements.Type)}).count()",
        0 when depth > 0 => Criterion(type, depth - 1),
        1 when depth > 0 => Number(type, depth - 1),
        2 when depth > 0 => $"iif({Criterion(type, depth - 1)}, {Leaf(type)}, {Leaf(type)})",
        3 => $"{Leaf(type)}.first()",
        4 => $"({Leaf(type)} | {Leaf(type)}).first()",
        5 when Elements(type) is { } elements => $"{elements.Path}.select({Leaf(elements.Type)}).{Subset()}",
        _ => Leaf(type),
    };

    public string Criterion(string type, int depth) => chance.Next(17) switch
    {
        12 => $"({Leaf(type)} = {Pick("%text", "%number")})",
        13 when Moment(type) is { } moment => $"({moment} {Pick("<", "<=", ">", ">=", "=", "!=")} {Pick("%day", "@2020-05-01T10:00", "@2020-05-01T10:00Z", "@2020-05-01T10:01", "@2020-05-01T12:00:00.5+02:00")})",
        14 when type is "Observation" or "Component" => $"(value.ofType(Quantity) {Pick("<", ">=", "=", "!=")} 1.0 '{Pick("a", "b")}')",
        15 => $"{Leaf(type)}.{Pick("subsetOf", "supersetOf")}({Leaf(type)})",
        16 => $"({Leaf(type)} contains {Pick("'a'", "1", "{}")})",
        0 when depth > 0 => $"({Criterion(type, depth - 1)} {Pick("and", "or", "xor", "implies")} {Criterion(type, depth - 1)})",
        1 when depth > 0 => $"({Criterion(type, depth - 1)}).not()",
        2 when Elements(type) is { } elements => $"{elements.Path}.exists({Criterion(elements.Type, depth - 1)})",
        3 when Elements(type) is { } elements => $"{elements.Path}.all({Criterion(elements.Type, depth - 1)})",
        4 => $"({Leaf(type)} {Pick("=", "!=")} {Pick("'a'", "'official'", "'[x'", "'it\\'s'", "'{{ x }}'", "1", "true", "{}", "'<<y>>'")})",
        5 => $"({Leaf(type)} = {Leaf(type)})",
        6 => $"({Number(type, 0)} {Pick("<", "<=", ">", ">=", "=")} {chance.Next(-2, 4)})",
        7 => $"({Leaf(type)}.first() in {Leaf(type)})",
        8 => $"{Leaf(type)}.empty()",
        9 when Moment(type) is { } moment => $"({moment} {Pick("<", "<=", ">", ">=", "=")} {Pick("@2020", "@2020-05", "@2020-05-01", "@2020-05-01T10:00:00Z")})",
        10 => $"({Leaf(type)}.first() is {Pick("string", "boolean", "integer")})",
        _ => $"{Leaf(type)}.exists()",
    };

    /// <summary>A path to primitive values.</summary>
    private string Leaf(string type)
    {
        if (chance.Next(3) == 0 && Elements(type, mustRepeat: false) is { } elements) return $"{elements.Path}.{Leaf(elements.Type)}";
        var found = RandomResource.Schema[type].Where(element => !RandomResource.Schema.ContainsKey(element.Type)).ToList();
        if (found.Count == 0) return "linkId";
        var (name, kind, _) = found[chance.Next(found.Count)];
        if (!kind.StartsWith("x:", StringComparison.Ordinal)) return name;
        var types = kind[2..].Split('|').Where(choice => !RandomResource.Schema.ContainsKey(choice)).ToList();
        var chosen = types[chance.Next(types.Count)];
        return $"{name}.ofType({char.ToLowerInvariant(chosen[0])}{chosen[1..]})";
    }

    private string Number(string type, int depth) => chance.Next(5) switch
    {
        0 => $"{Leaf(type)}.count()",
        1 when depth > 0 => $"({Number(type, depth - 1)} {Pick("+", "-", "*", "/", "div", "mod")} {Number(type, depth - 1)})",
        2 => "%rowIndex",
        3 => $"{Leaf(type)}.first().length()",
        _ => chance.Next(5).ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>A function of one text; of a value that is none it is empty.</summary>
    private string Text() => Pick(".endsWith('a')", ".contains('i')", ".indexOf('f')", ".split('f').count()", ".substring(1)", ".substring(0, 2)", ".substring(2, 1)", ".replace('a', 'zz')", ".toChars().count()", ".trim()", ".length()");

    private static string? Moment(string type) => type switch
    {
        "Patient" => "birthDate",
        "Period" => "start",
        "Observation" => "effective.ofType(dateTime)",
        _ => null,
    };

    private string Subset() => Pick("first()", "last()", "skip(1).first()", "take(2).last()", "tail().first()", "distinct().first()", "count()");

    private string Pick(params string[] words) => words[chance.Next(words.Length)];
}
