using Tributary.Core.Models.Configs;
using Tributary.Core.Models.Files.Properties;
using Tributary.Core.Models.MacroTests;
using Tributary.Core.Models.UnitTests;
using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Models.Files;

/// <summary>Reads one properties file: what it says of models, seeds, snapshots, tests and sources.</summary>
internal sealed class PropertyReader(PropertyFile file, YamlValues values)
{
    /// <summary>Keys of a node that mean the same as under <c>config:</c>.</summary>
    private static readonly string[] ConfigShorthands = ["meta", "docs", "tags", "access", "group", "enabled", "event_time", "freshness"];

    private readonly List<NodeProperties> nodes = [];
    private readonly List<SourceTable> sources = [];
    private readonly List<DeclaredResource> resources = [];
    private readonly List<MacroProperties> macros = [];

    /// <summary>The project's, which sources begin with.</summary>
    public Quoting Quoting { get; init; } = Quoting.All;

    public SourceOverrides? Overrides { get; init; }

    public IReadOnlyList<NodeProperties> Nodes => nodes;

    public IReadOnlyList<SourceTable> Sources => sources;

    public IReadOnlyList<DeclaredResource> Resources => resources;

    public IReadOnlyList<MacroProperties> Macros => macros;

    public IReadOnlyList<UnitTestDeclaration> UnitTests { get; private set; } = [];

    public IReadOnlyList<MacroTestDeclaration> MacroTests { get; private set; } = [];

    public void Read()
    {
        if (file.Root is YamlScalar { IsNull: true }) return;
        if (file.Root is not YamlMap root)
        {
            values.Problems.Add(ErrorCodes.WrongType, file.Root.At, $"a properties file is {file.Root.Found}; expected a map such as 'models:' or 'sources:'");
            return;
        }
        WarnOfUnknownSections(root);
        foreach (var section in new[] { "models", "seeds", "snapshots", "analyses" }) ReadNodes(root, section, section);
        ReadNodes(root, "tests", "tests");
        ReadNodes(root, "data_tests", "tests");
        foreach (var node in Maps(root, "sources"))
        {
            if (node.Find("overrides") is null or YamlScalar { IsNull: true }) sources.AddRange(new SourceReader(file, values, Quoting).Read(Overrides?.Apply(file.Package, node) ?? node));
        }
        foreach (var node in Maps(root, "macros")) ReadMacro(node);
        resources.AddRange(new ResourceReader(file, values).Read(root));
        if (root.Find("macro_tests") is not null) MacroTests = [.. new MacroTestReader(file, values).Read(root)];
        if (root.Find("unit_tests") is not null) UnitTests = [.. new UnitTestReader(file, values).Read(root)];
    }

    private void ReadNodes(YamlMap root, string key, string section)
    {
        foreach (var map in Maps(root, key))
        {
            if (Name(map, key) is not { } name) continue;
            PropertyKeys.WarnOfUnknown(map, PropertyKeys.Node, $"an entry of '{key}'", values.Problems);
            var node = Node(map, name, section);
            if (section == "models" && map.Find("versions") is not null) nodes.AddRange(new VersionReader(values).Read(node, map));
            else nodes.Add(node);
        }
    }

    private NodeProperties Node(YamlMap map, string name, string section) => new(section, name, map.At)
    {
        Package = file.Package,
        FileName = name,
        Folders = file.Folders,
        Description = YamlValues.Raw(map, "description"),
        Config = Config(map, values),
        DeprecationDate = values.Text(map, "deprecation_date"),
        SnapshotOf = section == "snapshots" ? YamlValues.Raw(map, "relation") is { Length: > 0 } relation ? relation : null : null,
        Columns = Columns(map, values),
        Constraints = [.. values.ListAt(map, "constraints").Select(values.Value)],
        Tests = section == "tests" ? [] : TestReader.Read(map, values),
    };

    private void ReadMacro(YamlMap map)
    {
        if (Name(map, "macros") is not { } name) return;
        PropertyKeys.WarnOfUnknown(map, PropertyKeys.Macro, "an entry of 'macros'", values.Problems);
        var config = Config(map, values);
        macros.Add(new MacroProperties(file.Package, name, map.At)
        {
            Description = YamlValues.Raw(map, "description"),
            Arguments = [.. values.ListAt(map, "arguments").Select(values.Value)],
            Meta = config.GetValueOrDefault("meta") as IReadOnlyDictionary<string, object?> ?? EmptyMap.Instance,
            Docs = config.GetValueOrDefault("docs") as IReadOnlyDictionary<string, object?> ?? EmptyMap.Instance,
        });
    }

    private void WarnOfUnknownSections(YamlMap root)
    {
        foreach (var entry in root.Entries)
        {
            if (Array.IndexOf(PropertyKeys.Sections, entry.Key) < 0)
                values.Problems.Warn(ErrorCodes.UnknownKey, entry.KeyAt, $"properties have no section '{Excerpt.Of(entry.Key)}'; it is passed over", Nearest.Hint(entry.Key, PropertyKeys.Sections));
        }
    }

    public static IReadOnlyList<ColumnProperties> Columns(YamlMap owner, YamlValues values)
    {
        var columns = new List<ColumnProperties>();
        foreach (var map in values.ListAt(owner, "columns").OfType<YamlMap>())
        {
            if (map.Find("include") is not null || map.Find("exclude") is not null) continue; // which columns a version takes over
            if (values.Text(map, "name") is not { Length: > 0 } name)
            {
                values.Problems.Add(ErrorCodes.MissingKey, map.At, "a column has no name", "Add 'name:'.");
                continue;
            }
            PropertyKeys.WarnOfUnknown(map, PropertyKeys.Column, "a column", values.Problems);
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
            Constraints = [.. values.ListAt(map, "constraints").Select(values.Value)],
            Tests = TestReader.Read(map, values),
        };
    }

    /// <summary>What <c>meta.tributary</c> says under a key; null when it says nothing.</summary>
    public static string? Tributary(IReadOnlyDictionary<string, object?> meta, string key) =>
        meta.GetValueOrDefault("tributary") is IReadOnlyDictionary<string, object?> ours && ours.GetValueOrDefault(key) is { } value ? PythonText.Of(value) : null;

    /// <summary>The same where one or several may stand.</summary>
    public static IReadOnlyList<string> TributaryList(IReadOnlyDictionary<string, object?> meta, string key) =>
        (meta.GetValueOrDefault("tributary") as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault(key) is IReadOnlyList<object?> several
            ? [.. several.Select(PythonText.Of)]
            : Tributary(meta, key) is { } one ? [one] : [];

    public static Dictionary<string, object?> Merged(YamlMap? first, YamlMap? second, YamlValues values)
    {
        var merged = first is null ? [] : values.Map(first);
        if (second is null) return merged;
        foreach (var item in values.Map(second)) merged[item.Key] = item.Value;
        return merged;
    }

    /// <summary>The <c>config:</c> map, and what stands beside it and means the same.</summary>
    public static Dictionary<string, object?> Config(YamlMap map, YamlValues values)
    {
        var config = values.MapAt(map, "config") is { } given ? values.Map(given) : [];
        ConfigTypos.Warn(map, values.Problems);
        foreach (var key in ConfigShorthands)
        {
            if (map.Find(key) is not { } node) continue;
            var shorthand = values.Value(node);
            if (!config.TryGetValue(key, out var within)) config[key] = shorthand;
            else config[key] = Both(shorthand, within);
        }
        return config;
    }

    /// <summary>What stands beside <c>config:</c> and in it: maps and lists are joined, of other values the one in it counts.</summary>
    private static object? Both(object? beside, object? within) => (beside, within) switch
    {
        (IReadOnlyDictionary<string, object?> under, IReadOnlyDictionary<string, object?> over) => Over(under, over),
        (not null, IReadOnlyList<object?> list) => (List<object?>)[.. ConfigMerge.List(beside).Except(list), .. list],
        _ => within,
    };

    private static Dictionary<string, object?> Over(IReadOnlyDictionary<string, object?> under, IReadOnlyDictionary<string, object?> over)
    {
        var merged = new Dictionary<string, object?>(under, StringComparer.Ordinal);
        foreach (var (key, value) in over) merged[key] = value;
        return merged;
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
