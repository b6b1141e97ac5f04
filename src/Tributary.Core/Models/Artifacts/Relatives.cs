using System.Text.Json;
using Tributary.Core.Models.Parsing;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Artifacts;

/// <summary>The manifest's <c>parent_map</c>, <c>child_map</c> and <c>group_map</c>, each list in the order of ids.</summary>
internal sealed class Relatives
{
    private static readonly string[] Sections = ["exposures", "metrics", "semantic_models", "saved_queries", "unit_tests"];

    private readonly Dictionary<string, List<string>> parents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> children = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> groups = new(StringComparer.Ordinal);

    public Relatives(ParsedProject project, JinjaDict graph)
    {
        foreach (var node in project.Nodes)
        {
            if (node.MacroTest is not null) continue;
            Add(node.Id, node.DependsOn);
            if (node.Config.Text("group") is { } group) Listed(groups, group).Add(node.Id);
        }
        foreach (var source in project.Sources.Keys) Add(source, []);
        foreach (var section in Sections)
        {
            if (!graph.TryGet(section, out var found) || found is not JinjaDict entries) continue;
            foreach (var (id, entry) in entries) Add(PythonText.Of(id), DependsOn(entry as JinjaDict));
        }
    }

    public void Write(Utf8JsonWriter json)
    {
        Write(json, "parent_map", parents);
        Write(json, "child_map", children);
        Write(json, "group_map", groups);
    }

    private static IEnumerable<string> DependsOn(JinjaDict? entry) =>
        entry is not null && entry.TryGet("depends_on", out var on) && on is JinjaDict depends && depends.TryGet("nodes", out var nodes) && nodes is IEnumerable<object?> ids
            ? ids.Select(PythonText.Of)
            : [];

    private void Add(string id, IEnumerable<string> before)
    {
        Listed(children, id);
        var list = Listed(parents, id);
        foreach (var parent in before)
        {
            list.Add(parent);
            Listed(children, parent).Add(id);
        }
    }

    private static List<string> Listed(Dictionary<string, List<string>> map, string id)
    {
        if (!map.TryGetValue(id, out var list)) map[id] = list = [];
        return list;
    }

    private static void Write(Utf8JsonWriter json, string name, Dictionary<string, List<string>> map)
    {
        json.WriteStartObject(name);
        foreach (var (id, list) in map)
        {
            list.Sort(StringComparer.Ordinal);
            json.WriteStartArray(id);
            foreach (var other in list) json.WriteStringValue(other);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }
}
