using System.Security.Cryptography;
using System.Text;
using Tributary.Core.Graph;
using Tributary.Core.Models.Files;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Models.Parsing.Libraries;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Pictures;

/// <summary>One node with the keys of dbt's manifest: <c>model</c> in its own templates, an entry of <c>graph.nodes</c> in all.</summary>
internal static class NodePicture
{
    /// <summary>Without <paramref name="macros"/> it does not say which macros the node calls.</summary>
    public static JinjaDict Of(ParsedNode node, MacroLibrary? macros = null)
    {
        var picture = GraphPicture.Dict(
            ("database", node.Database), ("schema", node.Schema), ("name", node.Name), ("resource_type", node.ResourceType), ("package_name", node.Package),
            ("path", ManifestPath.Below(node)), ("original_file_path", ManifestPath.Original(node)), ("unique_id", node.Id), ("fqn", node.Fqn), ("alias", node.Alias),
            ("checksum", GraphPicture.Dict(("name", "sha256"), ("checksum", Checksum(node)))), ("config", Config(node)), ("tags", node.Config.Tags),
            ("description", node.Description), ("columns", GraphPicture.Columns(node.Columns)), ("meta", node.Config.Meta), ("group", node.Config["group"]),
            ("docs", node.Config["docs"] ?? ConfigDefaults.Of(NodeKind.Model)["docs"]), ("patch_path", node.PatchFile is { } patch ? $"{node.Package}://{ManifestPath.Original(patch)}" : null), ("build_path", null), ("unrendered_config", EmptyMap.Instance),
            ("created_at", 0d), ("relation_name", RelationName(node)), ("raw_code", node.RawCode.Trim()), ("raw_sql", node.RawCode.Trim()), ("language", "sql"),
            ("refs", References(node.DependsOn)), ("sources", Sources(node.DependsOn)), ("metrics", new List<object?>()),
            ("depends_on", GraphPicture.Dict(("macros", macros is null ? [] : MacroCalls.Of(node, macros)), ("nodes", node.DependsOn))),
            ("compiled_path", null), ("contract", GraphPicture.Dict(("enforced", IsEnforced(node)), ("alias_types", true), ("checksum", null))));
        AddOfKind(picture, node);
        return picture;
    }

    private static void AddOfKind(JinjaDict picture, ParsedNode node)
    {
        switch (node.Kind)
        {
            case NodeKind.Model:
                picture["access"] = node.Config.Text("access") ?? "protected";
                foreach (var (key, value) in new (string, object?)[] { ("constraints", node.Constraints), ("version", VersionOf(node.Version)), ("latest_version", VersionOf(node.LatestVersion)), ("deprecation_date", node.DeprecationDate), ("primary_key", new List<object?>()) })
                    picture[key] = PlainObject.ToTemplate(value);
                break;
            case NodeKind.Test when node.Test is { } test:
                picture["column_name"] = test.Column;
                picture["file_key_name"] = null;
                picture["attached_node"] = test.AttachedTo;
                picture["test_metadata"] = GraphPicture.Dict(("name", test.Name), ("kwargs", test.Arguments), ("namespace", test.Package));
                break;
            case NodeKind.Seed:
                picture["root_path"] = null;
                break;
        }
    }

    /// <summary>The relation as the project's quoting writes it; none for what has no relation of its own.</summary>
    public static string? RelationName(ParsedNode node) =>
        node.IsEphemeral || node.Alias.Length == 0 || node.Kind is NodeKind.Test or NodeKind.Analysis
            ? null
            : new Relations.RelationValue { Database = node.Database, Schema = node.Schema, Identifier = node.Alias }.ToString();

    /// <summary>Of the file without blanks around it, as dbt takes it; a seed's is not read for it.</summary>
    private static string Checksum(ParsedNode node) =>
        node.RawCode.Length == 0 ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(node.RawCode.Trim())));

    private static object IsEnforced(ParsedNode node) => node.Config["contract"] is IReadOnlyDictionary<string, object?> contract && contract.GetValueOrDefault("enforced") is true;

    /// <summary>The configuration in full: what nobody set has dbt's usual value.</summary>
    public static JinjaDict Config(ParsedNode node)
    {
        var config = new JinjaDict();
        foreach (var (key, value) in ConfigDefaults.Of(node.Kind)) config[Key(key)] = PlainObject.ToTemplate(value);
        foreach (var (key, value) in node.Config.Values) config[Key(key)] = PlainObject.ToTemplate(value);
        config["materialized"] = node.Config.Materialized;
        config["enabled"] = node.Config.Enabled;
        config["tags"] = node.Config.Tags.ToList<object?>();
        foreach (var hooks in new[] { "pre_hook", "post_hook" }) config[Key(hooks)] = Functions.Hooks.Of(node.Config[hooks], isAfter: hooks == "post_hook");
        return config;
    }

    /// <summary>A number where it was written as one, as YAML reads it.</summary>
    private static object? VersionOf(string? version) => version is null ? null : new Text.Yaml.YamlScalar(default, version).ToObject();

    private static string Key(string key) => key switch { "pre_hook" => "pre-hook", "post_hook" => "post-hook", _ => key };

    /// <summary>What is named by <c>ref()</c> among these ids.</summary>
    public static List<object?> References(IEnumerable<string> ids) => [.. ids.Where(id => !id.StartsWith("source.", StringComparison.Ordinal) && !id.StartsWith("metric.", StringComparison.Ordinal))
        .Select(id => id.Split('.', 4)) // the kind, the package, the name, the version
        .Select(words => (object?)GraphPicture.Dict(("name", words[2]), ("package", null), ("version", words is ["model", _, _, ['v', .. var version]] ? VersionOf(version) : null)))];

    /// <summary>What is named by <c>source()</c> among these ids.</summary>
    public static List<object?> Sources(IEnumerable<string> ids) => [.. ids.Where(id => id.StartsWith("source.", StringComparison.Ordinal))
        .Select(id => (object?)id.Split('.', 4)[2..].ToList<object?>())];
}
