using System.Text.Json;
using Tributary.Core.Models.Context.Pictures;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Models.Selecting;
using Tributary.Core.Models.UnitTests;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Artifacts;

/// <summary>The manifest's sections behind <c>nodes</c>: sources, macros, docs, exposures and the like, and who is whose parent.</summary>
internal sealed class ManifestSections(ParsedProject project, ArtifactHeader header)
{
    /// <summary>All but <c>selectors</c>, which are no part of a parse: <paramref name="beforeSelectors"/> hears where they belong.</summary>
    public void Write(Utf8JsonWriter json, Action beforeSelectors)
    {
        var graph = GraphPicture.Of(project);
        Write(json, graph, "sources");
        new MacroEntries(project, header).Write(json);
        WriteDocs(json);
        Write(json, graph, "exposures");
        Write(json, graph, "metrics");
        Write(json, graph, "groups");
        beforeSelectors();
        WriteEmpty(json, "disabled");
        new Relatives(project, graph).Write(json);
        Write(json, graph, "saved_queries");
        Write(json, graph, "semantic_models");
        WriteUnitTests(json);
    }

    private void WriteUnitTests(Utf8JsonWriter json)
    {
        json.WriteStartObject("unit_tests");
        foreach (var node in project.Nodes)
        {
            if (node.UnitTest is null) continue;
            json.WritePropertyName(node.Id);
            PictureJson.Write(json, UnitTestPicture.Of(node));
        }
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, JinjaDict graph, string section)
    {
        json.WritePropertyName(section);
        PictureJson.Write(json, graph.TryGet(section, out var found) ? found : new JinjaDict());
    }

    private void WriteDocs(Utf8JsonWriter json)
    {
        json.WriteStartObject("docs");
        foreach (var block in project.Docs.OrderBy(block => block.Package, StringComparer.Ordinal).ThenBy(block => block.Name, StringComparer.Ordinal))
        {
            var file = ManifestPath.Original(block.At.File);
            json.WriteStartObject($"doc.{block.Package}.{block.Name}");
            json.WriteString("name", block.Name);
            json.WriteString("resource_type", "doc");
            json.WriteString("package_name", block.Package);
            json.WriteString("path", file[(file.IndexOf('/', StringComparison.Ordinal) + 1)..]);
            json.WriteString("original_file_path", file);
            json.WriteString("unique_id", $"doc.{block.Package}.{block.Name}");
            json.WriteString("block_contents", block.Text);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteEmpty(Utf8JsonWriter json, string section)
    {
        json.WriteStartObject(section);
        json.WriteEndObject();
    }

    /// <summary>selectors.yml as it is now.</summary>
    public static void WriteSelectors(Utf8JsonWriter json, ParsedProject project)
    {
        json.WriteStartObject("selectors");
        foreach (var (name, description, definition) in SelectorsFile.Read(project).All)
        {
            json.WriteStartObject(name);
            json.WriteString("name", name);
            json.WriteString("description", description);
            json.WritePropertyName("definition");
            PictureJson.Write(json, definition);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}
