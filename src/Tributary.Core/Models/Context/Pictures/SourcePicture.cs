using Tributary.Core.Models.Context.Relations;
using Tributary.Core.Models.Files;
using Tributary.Core.Models.Parsing;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Pictures;

/// <summary>One table of a source with the keys of dbt's manifest: an entry of <c>graph.sources</c>.</summary>
internal static class SourcePicture
{
    public static JinjaDict Of(SourceTable source, ParsedProject project)
    {
        var database = source.Database ?? project.Settings.Target.Database;
        var file = ManifestPath.Original(source.At.File);
        var relation = new RelationValue { Database = database, Schema = source.Schema, Identifier = source.Identifier, Quoted = source.Quoting };
        return GraphPicture.Dict(
            ("database", database), ("schema", source.Schema), ("name", source.Name), ("resource_type", "source"), ("package_name", source.Package), ("path", file),
            ("original_file_path", file), ("unique_id", source.Id), ("fqn", source.Fqn), ("source_name", source.Source),
            ("source_description", source.SourceDescription), ("loader", source.Loader), ("identifier", source.Identifier),
            ("quoting", GraphPicture.Dict(("database", null), ("schema", null), ("identifier", null), ("column", null))), ("loaded_at_field", source.LoadedAtField),
            ("freshness", Freshness(source)), ("external", null), ("description", source.Description), ("columns", GraphPicture.Columns(source.Columns)), ("meta", source.Meta),
            ("source_meta", EmptyMap.Instance), ("tags", source.Tags), ("config", Config(source)), ("patch_path", null), ("unrendered_config", EmptyMap.Instance),
            ("relation_name", relation.ToString()), ("created_at", 0d));
    }

    /// <summary>In full, so that templates may ask for a part that nobody set; None where the last word was null.</summary>
    private static JinjaDict? Freshness(SourceTable source) => source.FreshnessLevels is [.., null] ? null : GraphPicture.Dict(
        ("warn_after", Limit(source, "warn_after")), ("error_after", Limit(source, "error_after")), ("filter", Last(source, "filter")));

    private static JinjaDict? Limit(SourceTable source, string key)
    {
        if (source.FreshnessLevels.Any(level => level?.ContainsKey(key) is true) && Last(source, key) is null) return null;
        var limit = Last(source, key) as IReadOnlyDictionary<string, object?> ?? EmptyMap.Instance;
        return GraphPicture.Dict(("count", limit.GetValueOrDefault("count")), ("period", limit.GetValueOrDefault("period")));
    }

    /// <summary>What the strongest level that names the key says: the table's, else the source's.</summary>
    private static object? Last(SourceTable source, string key) => source.FreshnessLevels.LastOrDefault(level => level?.ContainsKey(key) is true)?[key];

    private static Dictionary<string, object?> Config(SourceTable source) => new(source.Config) { ["enabled"] = true };
}
