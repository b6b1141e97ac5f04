using Tributary.Core.Models.Configs;
using Tributary.Core.Models.UnitTests;
using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Models.Files;

/// <summary>Reads one properties file: what it says of models, seeds, snapshots, tests and sources.</summary>
internal sealed class PropertyReader(PropertyFile file, YamlValues values)
{
    private static readonly string[] KnownSections =
    [
        "version", "models", "seeds", "snapshots", "sources", "macros", "tests", "data_tests", "analyses", "exposures", "groups",
        "metrics", "semantic_models", "saved_queries", "unit_tests", "selectors", "anchors", "functions",
    ];

    /// <summary>Keys of a node that mean the same as under <c>config:</c>.</summary>
    private static readonly string[] ConfigShorthands = ["meta", "docs", "tags", "access", "group", "latest_version", "enabled"];

    private readonly List<NodeProperties> nodes = [];
    private readonly List<SourceTable> sources = [];

    public IReadOnlyList<NodeProperties> Nodes => nodes;

    public IReadOnlyList<SourceTable> Sources => sources;

    public IReadOnlyList<UnitTestDeclaration> UnitTests { get; private set; } = [];

    public void Read()
    {
        if (file.Root is YamlScalar { IsNull: true }) return;
        if (file.Root is not YamlMap root)
        {
            values.Problems.Add(ErrorCodes.WrongType, file.Root.At, $"a properties file is {file.Root.Found}; expected a map such as 'models:' or 'sources:'");
            return;
        }
        foreach (var entry in root.Entries.Where(entry => !KnownSections.Contains(entry.Key)))
            values.Problems.Add(ErrorCodes.UnknownKey, entry.KeyAt, $"properties have no section '{entry.Key}'", Nearest.Hint(entry.Key, KnownSections));
        foreach (var section in new[] { "models", "seeds", "snapshots" }) ReadNodes(root, section, section);
        ReadNodes(root, "tests", "tests");
        ReadNodes(root, "data_tests", "tests");
        foreach (var node in Maps(root, "sources")) sources.AddRange(new SourceReader(file, values).Read(node));
        if (root.Find("unit_tests") is not null) UnitTests = [.. new UnitTestReader(file, values).Read(root)];
    }

    private void ReadNodes(YamlMap root, string key, string section)
    {
        foreach (var map in Maps(root, key))
        {
            if (Name(map, key) is not { } name) continue;
            nodes.Add(new NodeProperties(section, name, map.At)
            {
                Package = file.Package,
                Folders = file.Folders,
                Description = YamlValues.Raw(map, "description"),
                Config = Config(map),
                SnapshotOf = section == "snapshots" ? YamlValues.Raw(map, "relation") is { Length: > 0 } relation ? relation : null : null,
                Columns = Columns(map, values),
                Tests = section == "tests" ? [] : TestReader.Read(map, values),
            });
        }
    }

    public static IReadOnlyList<ColumnProperties> Columns(YamlMap owner, YamlValues values)
    {
        var columns = new List<ColumnProperties>();
        foreach (var map in values.ListAt(owner, "columns").OfType<YamlMap>())
        {
            if (values.Text(map, "name") is not { Length: > 0 } name)
            {
                values.Problems.Add(ErrorCodes.MissingKey, map.At, "a column has no name", "Add 'name:'.");
                continue;
            }
            columns.Add(Column(map, name, values));
        }
        return columns;
    }

    private static ColumnProperties Column(YamlMap map, string name, YamlValues values)
    {
        var config = values.MapAt(map, "config");
        var meta = Merged(values.MapAt(map, "meta"), config is null ? null : values.MapAt(config, "meta"), values);
        return new ColumnProperties(name, map.At)
        {
            Description = YamlValues.Raw(map, "description"),
            DataType = values.Text(map, "data_type"),
            Quote = values.Value(map.Find("quote")) is true,
            Tags = [.. values.Texts(map, "tags"), .. config is null ? [] : values.Texts(config, "tags")],
            Meta = meta,
            Class = Tributary(meta, "class"),
            Tests = TestReader.Read(map, values),
        };
    }

    /// <summary>What <c>meta.tributary</c> says under a key; null when it says nothing.</summary>
    public static string? Tributary(IReadOnlyDictionary<string, object?> meta, string key) =>
        meta.GetValueOrDefault("tributary") is IReadOnlyDictionary<string, object?> ours && ours.GetValueOrDefault(key) is { } value ? PythonText.Of(value) : null;

    public static Dictionary<string, object?> Merged(YamlMap? first, YamlMap? second, YamlValues values)
    {
        var merged = first is null ? [] : values.Map(first);
        if (second is null) return merged;
        foreach (var item in values.Map(second)) merged[item.Key] = item.Value;
        return merged;
    }

    private Dictionary<string, object?> Config(YamlMap map)
    {
        var config = values.MapAt(map, "config") is { } given ? values.Map(given) : [];
        ConfigTypos.Warn(map, values.Problems);
        foreach (var key in ConfigShorthands)
        {
            if (map.Find(key) is { } node && !config.ContainsKey(key)) config[key] = values.Value(node);
        }
        return config;
    }

    private string? Name(YamlMap map, string section)
    {
        if (values.Text(map, "name") is { Length: > 0 } name) return name;
        values.Problems.Add(ErrorCodes.MissingKey, map.At, $"an entry of '{section}' has no name", "Add 'name:'.");
        return null;
    }

    private IEnumerable<YamlMap> Maps(YamlMap root, string key)
    {
        foreach (var node in values.ListAt(root, key))
        {
            if (node is YamlMap map) yield return map;
            else values.Problems.Add(ErrorCodes.WrongType, node.At, $"an entry of '{key}' is {node.Found}; expected a map with a 'name'");
        }
    }
}
