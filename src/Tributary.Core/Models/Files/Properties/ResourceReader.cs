using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Models.Files.Properties;

/// <summary>Reads exposures, metrics, semantic models, saved queries and groups.</summary>
internal sealed class ResourceReader(PropertyFile file, YamlValues values)
{
    private static readonly (string Section, string Kind)[] Sections =
        [("exposures", "exposure"), ("metrics", "metric"), ("semantic_models", "semantic_model"), ("saved_queries", "saved_query"), ("groups", "group")];

    private static readonly string[] ExposureTypes = ["dashboard", "notebook", "analysis", "ml", "application"];

    public IEnumerable<DeclaredResource> Read(YamlMap root)
    {
        foreach (var (section, kind) in Sections)
        {
            if (root.Find(section) is null) continue;
            foreach (var map in values.ListAt(root, section).OfType<YamlMap>())
            {
                if (ReadOne(map, kind, section) is { } resource) yield return resource;
            }
        }
    }

    private DeclaredResource? ReadOne(YamlMap map, string kind, string section)
    {
        if (values.Text(map, "name") is not { Length: > 0 } name)
        {
            values.Problems.Add(ErrorCodes.MissingKey, map.At, $"an entry of '{section}' has no name", "Add 'name:'.");
            return null;
        }
        if (kind == "exposure") CheckExposure(map, name);
        // What the semantic layer puts into braces is its own language.
        var given = kind is "exposure" or "group" ? values.Map(map) : (IReadOnlyDictionary<string, object?>)map.ToObject();
        return new DeclaredResource(kind, file.Package, name, map.At) { Folders = file.Folders, Values = given, Config = PropertyReader.Config(map, values), Reads = Reads(map) };
    }

    private void CheckExposure(YamlMap map, string name)
    {
        if (values.Text(map, "type") is not { } type)
            values.Problems.Add(ErrorCodes.MissingKey, map.At, $"the exposure '{name}' has no type", $"Add 'type:', one of {string.Join(", ", ExposureTypes)}.");
        else if (!ExposureTypes.Contains(type.ToLowerInvariant()))
            values.Problems.Add(ErrorCodes.InvalidValue, map.PositionOf("type"), $"'{Excerpt.Of(type)}' is no type of exposure", Nearest.Hint(type, ExposureTypes));
        if (values.MapAt(map, "owner") is not { } owner || (owner.Find("name") is null && owner.Find("email") is null))
            values.Problems.Add(ErrorCodes.MissingKey, map.At, $"the exposure '{name}' has no owner with a name or an email", "Add 'owner: {name: …, email: …}'.");
    }

    /// <summary><c>depends_on:</c> of an exposure, <c>model:</c> of a semantic model.</summary>
    private static List<(string, SourcePosition)> Reads(YamlMap map) => map.Find("depends_on") switch
    {
        YamlList list => [.. list.Items.OfType<YamlScalar>().Select(item => (item.Text, item.At))],
        _ when map.Find("model") is YamlScalar { IsNull: false } model => [(model.Text, model.At)],
        _ => [],
    };
}
