using System.Text.RegularExpressions;
using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Models.Files;

/// <summary>Reads <c>dbt_project.yml</c>: every key that dbt knows, the older names of some among them.</summary>
internal static partial class DbtProjectReader
{
    public static DbtProject Read(YamlNode root, string folder, string displayName, YamlValues values)
    {
        if (root is not YamlMap map) throw new UserErrorException(ErrorCodes.WrongType, root.At, $"a dbt project is {root.Found}; expected a map of keys");
        ProjectKeys.WarnOfUnknown(map, values.Problems);
        var target = values.Text(map, "target-path") ?? "target";
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
            AnalysisPaths = Paths(map, values, "analysis-paths", null, "analyses"),
            DocsPaths = values.Texts(map, "docs-paths"),
            AssetPaths = values.Texts(map, "asset-paths"),
            TargetPath = target,
            LogPath = values.Text(map, "log-path") ?? "logs",
            PackagesInstallPath = values.Text(map, "packages-install-path") ?? values.Text(map, "modules-path") ?? "dbt_packages",
            CleanTargets = Paths(map, values, "clean-targets", null, target),
            Vars = map.Find("vars")?.ToObject() as IReadOnlyDictionary<string, object?> ?? EmptyMap.Instance,
            FolderConfigs = Sections(map, values),
            Quoting = Quoting.All.With(values.Value(map.Find("quoting"))),
            Dispatch = Dispatch(map, values),
            OnRunStart = Statements(map, "on-run-start"),
            OnRunEnd = Statements(map, "on-run-end"),
            Flags = values.MapAt(map, "flags") is { } flags ? values.Map(flags) : EmptyMap.Instance,
            QueryComment = Comment(map),
            Tree = map,
            RestrictAccess = values.Value(map.Find("restrict-access")) is true,
        };
    }

    private static string Name(YamlMap map, YamlValues values)
    {
        var name = values.Text(map, "name");
        if (name is null or "") values.Problems.Add(ErrorCodes.MissingKey, map.At, "the project has no name", "Add 'name: my_project' to dbt_project.yml.");
        else if (!NameForm().IsMatch(name))
            values.Problems.Add(ErrorCodes.InvalidValue, map.PositionOf("name"), $"'{Excerpt.Of(name)}' cannot be a project's name", "Use letters, digits and underscores, and begin with a letter.");
        return name is null or "" ? "project" : name;
    }

    private static IReadOnlyList<string> Paths(YamlMap map, YamlValues values, string key, string? olderKey, string usual)
    {
        if (olderKey is not null) ProjectKeys.RefuseBoth(map, olderKey, key, values.Problems);
        var read = olderKey is not null && map.Find(key) is null ? olderKey : key;
        return map.Find(read) is null or YamlScalar { IsNull: true } ? [usual] : values.Texts(map, read);
    }

    private static Dictionary<string, IReadOnlyDictionary<string, object?>> Sections(YamlMap map, YamlValues values)
    {
        ProjectKeys.RefuseBoth(map, "tests", "data_tests", values.Problems);
        var sections = new Dictionary<string, IReadOnlyDictionary<string, object?>>(StringComparer.Ordinal);
        foreach (var (key, section) in ProjectKeys.Sections)
        {
            if (values.MapAt(map, key) is { } found) sections[section] = values.Map(found);
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
        YamlList list => [.. list.Items.OfType<YamlScalar>().Where(item => !item.IsNull).Select(item => item.Text)],
        _ => [],
    };

    /// <summary>A template, or a map with it; null or an empty text wants no comment.</summary>
    private static QueryComment? Comment(YamlMap map) => map.Find("query-comment") switch
    {
        YamlScalar { IsNull: true } => QueryComment.None,
        YamlScalar text => new QueryComment(text.Text, Append: false),
        YamlMap given => new QueryComment(given.Find("comment") is YamlScalar { IsNull: false } text ? text.Text : "", given.Find("append")?.ToObject() is true),
        _ => null,
    };

    [GeneratedRegex(@"^[A-Za-z_]\w*\z")]
    private static partial Regex NameForm();
}
