using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Models.Files;

/// <summary>Reads <c>dbt_project.yml</c>; every key that dbt knows is accepted, an unknown one is refused with the nearest.</summary>
internal static class DbtProjectReader
{
    private static readonly string[] ConfigSections =
        ["models", "seeds", "tests", "snapshots", "sources", "unit_tests", "semantic-models", "saved-queries", "exposures", "metrics", "functions"];

    private static readonly string[] KnownKeys =
    [
        "name", "version", "config-version", "profile", "model-paths", "seed-paths", "macro-paths", "test-paths", "snapshot-paths",
        "analysis-paths", "asset-paths", "docs-paths", "function-paths", "source-paths", "data-paths", "target-path", "log-path", "packages-install-path", "clean-targets",
        "require-dbt-version", "vars", "quoting", "dispatch", "flags", "on-run-start", "on-run-end", "query-comment",
        "dbt-cloud", "restrict-access", "data_tests", "packages", .. ConfigSections,
    ];

    public static DbtProject Read(YamlNode root, string folder, string displayName, YamlValues values)
    {
        if (root is not YamlMap map) throw new UserErrorException(ErrorCodes.WrongType, root.At, $"a dbt project is {root.Found}; expected a map of keys");
        RefuseUnknownKeys(map, values.Problems);
        return new DbtProject
        {
            Name = Name(map, values),
            Folder = folder,
            At = new SourcePosition(displayName, 1),
            Version = values.Text(map, "version") ?? "",
            Profile = values.Text(map, "profile"),
            ModelPaths = Paths(map, values, "model-paths", "source-paths", "models"),
            SeedPaths = Paths(map, values, "seed-paths", "data-paths", "seeds"),
            MacroPaths = Paths(map, values, "macro-paths", null, "macros"),
            TestPaths = Paths(map, values, "test-paths", null, "tests"),
            SnapshotPaths = Paths(map, values, "snapshot-paths", null, "snapshots"),
            TargetPath = values.Text(map, "target-path") ?? "target",
            Vars = map.Find("vars")?.ToObject() as IReadOnlyDictionary<string, object?> ?? EmptyMap.Instance,
            FolderConfigs = Sections(map, values),
            Quoting = Quoting.All.With(values.Value(map.Find("quoting"))),
            Dispatch = Dispatch(map, values),
            OnRunStart = Statements(map, "on-run-start"),
            OnRunEnd = Statements(map, "on-run-end"),
        };
    }

    private static void RefuseUnknownKeys(YamlMap map, Problems problems)
    {
        foreach (var entry in map.Entries.Where(entry => !KnownKeys.Contains(entry.Key)))
            problems.Add(ErrorCodes.UnknownKey, entry.KeyAt, $"dbt_project.yml has no key '{entry.Key}'", Nearest.Hint(entry.Key, KnownKeys));
    }

    private static string Name(YamlMap map, YamlValues values)
    {
        if (values.Text(map, "name") is { Length: > 0 } name) return name;
        values.Problems.Add(ErrorCodes.MissingKey, map.At, "the project has no name", "Add 'name: my_project' to dbt_project.yml.");
        return "project";
    }

    private static IReadOnlyList<string> Paths(YamlMap map, YamlValues values, string key, string? olderKey, string usual)
    {
        var given = values.Texts(map, key);
        if (given.Count == 0 && olderKey is not null) given = values.Texts(map, olderKey);
        return given.Count == 0 ? [usual] : given;
    }

    private static Dictionary<string, IReadOnlyDictionary<string, object?>> Sections(YamlMap map, YamlValues values)
    {
        var sections = new Dictionary<string, IReadOnlyDictionary<string, object?>>(StringComparer.Ordinal);
        foreach (var name in ConfigSections.Append("data_tests"))
        {
            if (values.MapAt(map, name) is { } section) sections[name == "data_tests" ? "tests" : name] = values.Map(section);
        }
        return sections;
    }

    private static Dictionary<string, IReadOnlyList<string>> Dispatch(YamlMap map, YamlValues values)
    {
        var orders = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var item in values.ListAt(map, "dispatch").OfType<YamlMap>())
        {
            if (values.Text(item, "macro_namespace") is { } name) orders[name] = values.Texts(item, "search_order");
        }
        return orders;
    }

    /// <summary>SQL that is rendered when the run starts or ends, one statement or several.</summary>
    private static string[] Statements(YamlMap map, string key) => map.Find(key) switch
    {
        YamlScalar { IsNull: false } scalar => [scalar.Text],
        YamlList list => [.. list.Items.OfType<YamlScalar>().Select(item => item.Text)],
        _ => [],
    };
}
