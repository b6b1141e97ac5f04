using Tributary.Core.Models.Files;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Pictures;

/// <summary>An exposure, metric, semantic model, saved query or group with the keys of dbt's manifest.</summary>
internal static class ResourcePicture
{
    private static readonly (string Key, object? Usual)[] OfExposures =
        [("type", null), ("owner", null), ("label", null), ("maturity", null), ("url", null)];

    private static readonly (string Key, object? Usual)[] OfMetrics =
        [("type", null), ("label", ""), ("type_params", null), ("filter", null), ("time_granularity", null), ("group", null)];

    public static string SectionOf(string kind) => kind == "saved_query" ? "saved_queries" : kind + "s";

    public static JinjaDict Of(DeclaredResource resource)
    {
        var file = ManifestPath.Original(resource.At.File);
        var picture = GraphPicture.Dict(
            ("name", resource.Name), ("resource_type", resource.Kind), ("package_name", resource.Package), ("path", file[(file.IndexOf('/', StringComparison.Ordinal) + 1)..]),
            ("original_file_path", file), ("unique_id", resource.Id));
        if (resource.Kind == "group") return Filled(picture, resource, [("owner", null), ("description", null), ("config", null)]);
        foreach (var (key, value) in new (string, object?)[]
        {
            ("fqn", resource.Fqn.ToList<object?>()), ("description", resource.Description), ("meta", resource.Config.GetValueOrDefault("meta") ?? EmptyMap.Instance),
            ("tags", Configs.ConfigMerge.List(resource.Config.GetValueOrDefault("tags")).ToList()), ("config", new Dictionary<string, object?>(resource.Config) { ["enabled"] = true }),
            ("unrendered_config", EmptyMap.Instance), ("depends_on", new Dictionary<string, object?> { ["macros"] = new List<object?>(), ["nodes"] = resource.DependsOn.ToList<object?>() }),
            ("refs", NodePicture.References(resource.DependsOn)), ("sources", NodePicture.Sources(resource.DependsOn)), ("metrics", Metrics(resource)), ("created_at", 0d),
        })
        {
            picture[key] = PlainObject.ToTemplate(value);
        }
        return Filled(picture, resource, resource.Kind switch { "exposure" => OfExposures, "metric" => OfMetrics, _ => [] });
    }

    private static List<object?> Metrics(DeclaredResource resource) => [.. resource.DependsOn.Where(id => id.StartsWith("metric.", StringComparison.Ordinal))
        .Select(id => (object?)new List<object?> { id.Split('.', 3)[2] })];

    /// <summary>What the entry says itself goes in under its own keys.</summary>
    private static JinjaDict Filled(JinjaDict picture, DeclaredResource resource, (string Key, object? Usual)[] usual)
    {
        foreach (var (key, value) in usual) picture[key] = value;
        foreach (var (key, value) in resource.Values)
        {
            if (key is not ("description" or "meta" or "tags" or "config" or "depends_on" or "enabled")) picture[key] = PlainObject.ToTemplate(value);
        }
        if (resource.Kind == "group") picture["description"] = resource.Description;
        return picture;
    }
}
