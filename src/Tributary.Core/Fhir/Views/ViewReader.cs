using System.Text.RegularExpressions;
using Tributary.Core.Fhir.Paths;
using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Fhir.Views;

/// <summary>
/// Reads a ViewDefinition and refuses what the specification forbids, everything at once; elements that it does not know are left
/// alone.
/// </summary>
internal sealed partial class ViewReader
{
    private static readonly string[] Iterations = ["forEach", "forEachOrNull", "repeat"];

    private const int Deepest = 32;
    private const int MostColumns = 1_600; // PostgreSQL's own limit of a table

    private readonly Problems problems = new();

    private ViewReader()
    {
    }

    /// <summary>Throws one <see cref="UserErrorException"/> with every problem: TRB0508.</summary>
    public static ViewDefinition Read(byte[] json, string file) => Read(JsonTree.Read(json, file));

    /// <summary>The same for a view that lies within another document.</summary>
    public static ViewDefinition Read(YamlNode node)
    {
        var reader = new ViewReader();
        var view = reader.View(node);
        reader.problems.ThrowIfAny();
        return view;
    }

    private ViewDefinition View(YamlNode node)
    {
        if (node is not YamlMap map) throw new UserErrorException(ErrorCodes.ViewInvalid, node.At, $"Expected a ViewDefinition as JSON object, found {node.Found}.");
        if (Text(map, "resourceType") is { } type && type != "ViewDefinition") Refuse(map.PositionOf("resourceType"), $"The resource is a {type}, expected a ViewDefinition.");
        var resource = Text(map, "resource");
        if (resource is null) Missing(map, "resource", "the type of the resources that become rows, such as Patient");
        else if (!ResourceName().IsMatch(resource)) Refuse(map.PositionOf("resource"), $"'{resource}' is not a resource type.", "Write it as FHIR does, such as Patient.");
        var selects = Structures(map, "select", depth: 1);
        if (map.Find("select") is null) Missing(map, "select", "the columns");
        ViewColumns.Check(selects, problems);
        var view = new ViewDefinition(
            map.At, Name(map, "name", isNeeded: false), resource ?? "", Text(map, "description") ?? Text(map, "title") ?? "", Constants(map), Where(map), selects);
        if (view.Columns.Count > MostColumns) Refuse(map.At, $"The view has {view.Columns.Count} columns, expected at most {MostColumns}.");
        if (selects.Count > 0 && view.Columns.Count == 0 && problems.Count == 0) Refuse(map.At, "The view has no column.", "Add `column` to a select.");
        return view;
    }

    private List<ViewSelect> Structures(YamlMap map, string key, int depth) => [.. Maps(map, key).Select(item => Structure(item, depth))];

    private ViewSelect Structure(YamlMap map, int depth)
    {
        if (depth > Deepest)
            throw new UserErrorException(ErrorCodes.ViewInvalid, map.At, $"The selects nest more than {Deepest} levels deep.");
        return new ViewSelect(Iteration(map), [.. Maps(map, "column").Select(Column).OfType<ViewColumn>()], Structures(map, "select", depth + 1), Structures(map, "unionAll", depth + 1));
    }

    private ViewIteration? Iteration(YamlMap map)
    {
        var given = Iterations.Where(key => map.Find(key) is not null).ToList();
        if (given.Count > 1) Refuse(map.PositionOf(given[1]), $"A select has {string.Join(" and ", given)}, expected one of them at most.");
        if (given.Count == 0) return null;
        if (given[0] != "repeat") return Expression(map, given[0]) is { } path ? new ViewIteration([path], given[0] == "forEachOrNull", IsRepeat: false) : null;
        if (map.Find("repeat") is not YamlList list)
        {
            Refuse(map.PositionOf("repeat"), "repeat takes a list of paths.", "Write [\"item\"].");
            return null;
        }
        return new ViewIteration([.. list.Items.Select(item => Expression(item, "repeat")).OfType<ViewExpression>()], KeepsEmpty: false, IsRepeat: true);
    }

    private ViewColumn? Column(YamlMap map)
    {
        var name = Name(map, "name", isNeeded: true);
        if (map.Find("path") is null) Missing(map, "path", "the FHIRPath expression of the column");
        var path = Expression(map, "path");
        var type = Text(map, "type") is { } given ? FhirTypes.Plain(given) : null;
        var tags = Maps(map, "tag").Concat(Maps(map, "tags")).ToList();
        var ansi = tags.FirstOrDefault(tag => Text(tag, "name") == "ansi/type");
        if (name is null || path is null) return null;
        return new ViewColumn(map.At, name, path, type, Flag(map, "collection"), ansi is null ? null : Text(ansi, "value"), Text(map, "description") ?? "");
    }

    private List<ViewExpression> Where(YamlMap map)
    {
        var found = new List<ViewExpression>();
        foreach (var item in Maps(map, "where"))
        {
            if (item.Find("path") is null) Missing(item, "path", "the condition");
            else if (Expression(item, "path") is { } path) found.Add(path);
        }
        return found;
    }

    private List<ViewConstant> Constants(YamlMap map)
    {
        var found = new List<ViewConstant>();
        foreach (var item in Maps(map, "constant"))
        {
            if (Name(item, "name", isNeeded: true) is not { } name) continue;
            if (found.Any(constant => constant.Name == name)) Refuse(item.PositionOf("name"), $"The constant '{name}' is defined twice.");
            if (ConstantValue.Read(item, name, problems) is { } constant) found.Add(constant);
        }
        return found;
    }

    private ViewExpression? Expression(YamlMap map, string key) => map.Find(key) is { } node ? Expression(node, key) : null;

    private ViewExpression? Expression(YamlNode node, string key)
    {
        if (node is YamlScalar { IsPlain: false } text && text.Text.AsSpan().Trim().Length > 0) return new ViewExpression(text.Text, node.At);
        Refuse(node.At, $"{key} is {node.Found}, expected a FHIRPath expression as text.");
        return null;
    }

    private string? Name(YamlMap map, string key, bool isNeeded)
    {
        if (Text(map, key) is not { } name)
        {
            if (isNeeded && map.Find(key) is null) Missing(map, key, "letters, digits and underscores");
            return null;
        }
        if (SqlName().IsMatch(name)) return name;
        Refuse(map.PositionOf(key), $"The name '{Excerpt.Of(name)}' is not allowed.", "Use letters, digits and underscores, with a letter first.");
        return null;
    }

    private string? Text(YamlMap map, string key)
    {
        if (map.Find(key) is not { } node) return null;
        if (node is YamlScalar { IsPlain: false } text) return text.Text;
        Refuse(node.At, $"{key} is {node.Found}, expected text.");
        return null;
    }

    private bool Flag(YamlMap map, string key)
    {
        if (map.Find(key) is not { } node) return false;
        if (node is YamlScalar { IsPlain: true, Text: "true" or "false" } flag) return flag.Text == "true";
        Refuse(node.At, $"{key} is {node.Found}, expected true or false.");
        return false;
    }

    private List<YamlMap> Maps(YamlMap map, string key)
    {
        if (map.Find(key) is not { } node) return [];
        if (node is not YamlList list || list.Items.Count == 0)
        {
            Refuse(map.PositionOf(key), node is YamlList ? $"{key} is an empty list." : $"{key} is {node.Found}, expected a list.");
            return [];
        }
        foreach (var wrong in list.Items.Where(item => item is not YamlMap)) Refuse(wrong.At, $"{key} holds {wrong.Found}, expected objects.");
        return [.. list.Items.OfType<YamlMap>()];
    }

    private void Missing(YamlMap map, string key, string what) => Refuse(map.At, $"`{key}` is missing: {what}.");

    private void Refuse(SourcePosition at, string message, string? hint = null) => problems.Add(ErrorCodes.ViewInvalid, at, message, hint);

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]*$")]
    private static partial Regex SqlName();

    [GeneratedRegex("^[A-Z][A-Za-z0-9]{0,99}$")]
    private static partial Regex ResourceName();
}
