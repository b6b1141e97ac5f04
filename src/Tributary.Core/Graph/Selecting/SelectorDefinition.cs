using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Graph.Selecting;

/// <summary>
/// One definition of selectors.yml: a word of the command line, <c>method: value</c>, a map with <c>method</c>, <c>value</c>
/// and graph operators, or a <c>union</c> or <c>intersection</c> of these; each may have an <c>exclude</c>.
/// </summary>
internal sealed class SelectorDefinition(Func<string, SelectionSpec?> above, IndirectSelection indirect)
{
    public SelectionSpec Read(YamlNode node, bool isRoot = false)
    {
        switch (node)
        {
            case YamlScalar { IsNull: false } scalar:
                return Words(scalar);
            case YamlMap map when Key(map) is { } key:
                if (isRoot && map.Entries.Count > 1)
                    throw NamedSelectors.Wrong(map.At, $"beside '{key}' a definition has {string.Join(", ", map.Keys.Where(other => other != key))}", $"Let '{key}' be the definition's only key.");
                return Set(map, key, key == "union" ? SelectionOperator.Union : SelectionOperator.Intersection);
            case YamlMap map:
                return Single(map);
            default:
                throw NamedSelectors.Wrong(node.At, $"a definition is {node.Found}", "Write a word such as 'tag:nightly', a map with 'method:' and 'value:', or a 'union:' or 'intersection:' of these.");
        }
    }

    private static string? Key(YamlMap map) => map.Find("union") is not null ? "union" : map.Find("intersection") is not null ? "intersection" : null;

    /// <summary>Written as on the command line.</summary>
    private SelectionSpec Words(YamlScalar scalar)
    {
        var words = scalar.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0) throw NamedSelectors.Wrong(scalar.At, "a definition is empty", "Write a word such as 'tag:nightly'.");
        return Together(SelectionOperator.Union, [.. words.Select(word => Together(SelectionOperator.Intersection, [.. word.Split(',').Select(Word)]))]);
    }

    private SelectionSpec Word(string text)
    {
        var criterion = Criterion.Parse(text, indirect);
        return criterion.Method == "selector" ? WithOperators(criterion, null) : new SelectionSpec.One(criterion);
    }

    private SelectionSpec Set(YamlMap map, string key, SelectionOperator by)
    {
        if (map.Find(key) is not YamlList list) throw NamedSelectors.Wrong(map.At, $"'{key}' is no list", "Write its parts as a list.");
        var parts = new List<SelectionSpec>();
        SelectionSpec? excluded = null;
        foreach (var item in list.Items)
        {
            if (item is YamlMap part && part.Find("exclude") is { } exclude && part.Find("method") is null)
            {
                if (excluded is not null) throw NamedSelectors.Wrong(part.At, $"'{key}' has more than one 'exclude'", "Bring them together in one list.");
                excluded = Exclusions(exclude);
            }
            else parts.Add(Read(item));
        }
        return Without(new SelectionSpec.Group(by, parts), excluded);
    }

    private SelectionSpec Single(YamlMap map)
    {
        if (map.Entries is [var only]) return Found(only.Key, only.Value, map);
        if (map.Find("method") is not YamlScalar method || map.Find("value") is not { } value)
            throw NamedSelectors.Wrong(map.At, $"a definition has the keys {string.Join(", ", map.Keys)}", "Write one key, or 'method:' and 'value:'.");
        return Without(Found(method.Text, value, map), map.Find("exclude") is { } exclude ? Exclusions(exclude) : null);
    }

    private SelectionSpec Found(string method, YamlNode value, YamlMap map)
    {
        var criterion = new Criterion($"{method}:{(value as YamlScalar)?.Text}", "", value.ToObject())
        {
            WithChildrensParents = IsTrue(map, "childrens_parents"),
            AncestorDepth = Depth(map, "parents"),
            DescendantDepth = Depth(map, "children"),
            Indirect = Indirect(map),
        }.WithMethod(method);
        return method == "selector" ? WithOperators(criterion, map) : new SelectionSpec.One(criterion);
    }

    /// <summary>Another selector, as it stands; with operators around it, as a criterion of its own.</summary>
    private SelectionSpec WithOperators(Criterion criterion, YamlMap? map)
    {
        var found = above(criterion.Word)
            ?? throw NamedSelectors.Wrong(map?.At ?? new("selectors.yml"), $"there is no selector '{criterion.Word}' above this one", "Define it further up in the file.");
        return criterion is { WithChildrensParents: false, AncestorDepth: null, DescendantDepth: null } ? found : new SelectionSpec.One(criterion);
    }

    private SelectionSpec Exclusions(YamlNode exclude)
    {
        if (exclude is not YamlList list) return Read(exclude);
        return Together(SelectionOperator.Union, [.. list.Items.Select(item => Read(item))]);
    }

    private static SelectionSpec Without(SelectionSpec included, SelectionSpec? excluded) =>
        excluded is null ? included : new SelectionSpec.Group(SelectionOperator.Difference, [included, excluded]);

    private static SelectionSpec Together(SelectionOperator by, IReadOnlyList<SelectionSpec> parts) =>
        parts.Count == 1 ? parts[0] : new SelectionSpec.Group(by, parts);

    private IndirectSelection Indirect(YamlMap map)
    {
        if (map.Find("indirect_selection") is not YamlScalar given) return indirect;
        return Enum.TryParse<IndirectSelection>(given.Text, ignoreCase: true, out var mode)
            ? mode
            : throw NamedSelectors.Wrong(given.At, $"indirect_selection is '{given.Text}'", "Write eager, cautious, buildable or empty.");
    }

    private static bool IsTrue(YamlMap map, string key) => map.Find(key)?.ToObject() is true;

    private static int? Depth(YamlMap map, string key) =>
        !IsTrue(map, key) ? null : map.Find(key + "_depth")?.ToObject() is long depth and > 0 and < int.MaxValue ? (int)depth : int.MaxValue;
}
