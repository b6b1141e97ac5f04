using System.Text.Json;
using Tributary.Core.Models.Artifacts;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Docs;

/// <summary>Writes <c>catalog.json</c> (schema v1): what the warehouse has of the project's nodes and sources.</summary>
internal sealed class CatalogFile(ParsedProject project, ArtifactHeader header)
{
    public const string Name = "catalog.json";

    public Task WriteAsync(DocsRelations relations) => AtomicFile.WriteAsync(Path.Combine(project.TargetFolder, Name), async file =>
    {
        await using var json = new Utf8JsonWriter(file, ArtifactHeader.Form);
        json.WriteStartObject();
        header.Write(json, "catalog/v1", project);
        Write(json, "nodes", relations.OfNodes);
        Write(json, "sources", relations.OfSources);
        json.WriteNull("errors");
        json.WriteEndObject();
    });

    private void Write(Utf8JsonWriter json, string section, IEnumerable<(string Id, CatalogRelation Relation)> entries)
    {
        json.WriteStartObject(section);
        foreach (var (id, relation) in entries) Write(json, id, relation);
        json.WriteEndObject();
    }

    private void Write(Utf8JsonWriter json, string id, CatalogRelation relation)
    {
        json.WriteStartObject(id);
        json.WriteStartObject("metadata");
        json.WriteString("type", relation.Type);
        json.WriteString("schema", relation.Schema);
        json.WriteString("name", relation.Name);
        json.WriteString("database", project.Settings.Target.Database);
        json.WriteString("comment", relation.Comment);
        json.WriteString("owner", relation.Owner);
        json.WriteEndObject();
        WriteColumns(json, relation);
        WriteStats(json, relation);
        json.WriteString("unique_id", id);
        json.WriteEndObject();
    }

    private static void WriteColumns(Utf8JsonWriter json, CatalogRelation relation)
    {
        json.WriteStartObject("columns");
        foreach (var column in relation.Columns)
        {
            json.WriteStartObject(column.Name);
            json.WriteString("type", column.Type);
            json.WriteNumber("index", column.Index);
            json.WriteString("name", column.Name);
            json.WriteString("comment", column.Comment);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteStats(Utf8JsonWriter json, CatalogRelation relation)
    {
        json.WriteStartObject("stats");
        var hasRows = relation.Rows >= 0;
        if (hasRows) WriteStat(json, "row_count", "Approximate Row Count", "The planner's estimate of the rows", relation.Rows);
        if (relation.Bytes > 0) WriteStat(json, "bytes", "Approximate Size", "Bytes on disk, indexes included", relation.Bytes);
        json.WriteStartObject("has_stats");
        json.WriteString("id", "has_stats");
        json.WriteString("label", "Has Stats?");
        json.WriteBoolean("value", hasRows);
        json.WriteString("description", "Whether anything is known of the size");
        json.WriteBoolean("include", false);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteStat(Utf8JsonWriter json, string id, string label, string description, long value)
    {
        json.WriteStartObject(id);
        json.WriteString("id", id);
        json.WriteString("label", label);
        json.WriteNumber("value", value);
        json.WriteString("description", description);
        json.WriteBoolean("include", true);
        json.WriteEndObject();
    }
}
