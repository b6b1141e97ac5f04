using Tributary.Core.Models.Context.Pictures;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Models.UnitTests;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Artifacts;

/// <summary>Finds one entry of the manifest of now.</summary>
internal static class Entries
{
    private static readonly string[] Sections = ["exposures", "metrics", "semantic_models", "saved_queries", "unit_tests"];

    /// <summary>Null when there is none of this id.</summary>
    public static JinjaDict? Find(ParsedProject project, string id) =>
        project.Find(id) is { } node ? Of(node, project)
        : project.Sources.TryGetValue(id, out var source) ? SourcePicture.Of(source, project)
        : Other(GraphPicture.Of(project), id);

    public static JinjaDict Of(ParsedNode node, ParsedProject project)
    {
        if (node.UnitTest is not null) return UnitTestPicture.Of(node);
        var picture = NodePicture.Of(node, project.Macros);
        if (node.Seed is { } seed) picture["checksum"] = SeedChecksum.Of(seed);
        return picture;
    }

    private static JinjaDict? Other(JinjaDict graph, string id)
    {
        foreach (var section in Sections)
        {
            if (graph.TryGet(section, out var found) && found is JinjaDict entries && entries.TryGet(id, out var entry)) return entry as JinjaDict;
        }
        return null;
    }
}
