using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Graph.Selecting;

/// <summary>
/// The selections of <c>selectors.yml</c> by name. A definition may build on one that stands above it, so that there are no circles.
/// </summary>
public sealed class NamedSelectors
{
    public static readonly NamedSelectors None = new([]);

    private readonly List<Entry> entries;

    private NamedSelectors(List<Entry> entries) => this.entries = entries;

    private sealed record Entry(string Name, YamlNode Definition, SourcePosition At, string Description, bool IsDefault);

    /// <summary>The selector that is used when the command line asks for nothing; null when none says so.</summary>
    public string? Default => entries.Find(entry => entry.IsDefault)?.Name;

    /// <summary>Name, description and definition as plain values, for the manifest.</summary>
    public IEnumerable<(string Name, string Description, object? Definition)> All => entries.Select(entry => (entry.Name, entry.Description, entry.Definition.ToObject()));

    /// <summary>Reads the file's tree; templates in it are rendered already.</summary>
    public static NamedSelectors Of(YamlNode root)
    {
        if (root is YamlScalar { IsNull: true }) return None;
        if (root is not YamlMap map || map.Find("selectors") is not YamlList list)
            throw Wrong(root.At, "selectors.yml has no list 'selectors:'", "Write 'selectors:' and below it entries with 'name:' and 'definition:'.");
        var entries = new List<Entry>();
        foreach (var item in list.Items) entries.Add(EntryOf(item, entries));
        if (entries.Count(entry => entry.IsDefault) > 1)
            throw Wrong(list.At, $"more than one selector has 'default: true': {string.Join(", ", entries.Where(entry => entry.IsDefault).Select(entry => entry.Name))}", "Keep one.");
        return new NamedSelectors(entries);
    }

    /// <summary>The selection of a name; tests follow as <paramref name="indirect"/> says where the definition does not.</summary>
    public SelectionSpec Find(string name, IndirectSelection indirect)
    {
        var at = entries.FindIndex(entry => entry.Name == name);
        if (at < 0)
            throw new UserErrorException(ErrorCodes.UnknownSelector, null, $"There is no selector '{name}' in selectors.yml.", Nearest.Hint(name, [.. entries.Select(entry => entry.Name)]));
        return new SelectorDefinition(name => Above(at, name, indirect), indirect).Read(entries[at].Definition, isRoot: true);
    }

    private SelectionSpec? Above(int below, string name, IndirectSelection indirect) =>
        entries.FindIndex(0, below, entry => entry.Name == name) >= 0 ? Find(name, indirect) : null;

    private static Entry EntryOf(YamlNode node, List<Entry> known)
    {
        if (node is not YamlMap map || map.Find("name") is not YamlScalar { IsNull: false } name) throw Wrong(node.At, "a selector has no name", "Add 'name:'.");
        if (map.Find("definition") is not { } definition) throw Wrong(map.At, $"the selector '{name.Text}' has no definition", "Add 'definition:'.");
        if (known.Exists(entry => entry.Name == name.Text)) throw Wrong(name.At, $"the selector '{name.Text}' is defined twice", "Rename or remove one of them.");
        return new Entry(name.Text, definition, map.At, (map.Find("description") as YamlScalar)?.Text ?? "",
            map.Find("default") is YamlScalar usual && string.Equals(usual.Text, "true", StringComparison.OrdinalIgnoreCase));
    }

    internal static UserErrorException Wrong(SourcePosition at, string message, string hint) => new(ErrorCodes.WrongType, at, message, hint);
}
