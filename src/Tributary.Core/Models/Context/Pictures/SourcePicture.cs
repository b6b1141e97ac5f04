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
            ("freshness", source.Freshness), ("external", null), ("description", source.Description), ("columns", GraphPicture.Columns(source.Columns)), ("meta", source.Meta),
            ("source_meta", EmptyMap.Instance), ("tags", source.Tags), ("config", Config(source)), ("patch_path", null), ("unrendered_config", EmptyMap.Instance),
            ("relation_name", relation.ToString()), ("created_at", 0d));
    }

    private static Dictionary<string, object?> Config(SourceTable source) => new(source.Config) { ["enabled"] = true };
}
