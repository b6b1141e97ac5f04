using System.Text.Json;
using Tributary.Core.Graph;
using Tributary.Core.Models.Artifacts;
using Tributary.Core.Models.Context.Pictures;
using Tributary.Core.Models.Files;
using Tributary.Core.Models.Parsing;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Docs;

/// <summary>
/// What the pages show, as one value of JSON: less than the manifest and in fewer words, so that a large project opens at once.
/// Nothing in it can end the script that holds it.
/// </summary>
internal sealed class DocsData(ParsedProject project, ArtifactHeader header, DocsRelations relations, Func<string, string?> compiledCode)
{
    public void Write(Stream stream)
    {
        // The usual encoder: it writes < and > as escapes.
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartObject();
        json.WriteString("name", project.Root.Name);
        json.WriteString("target", project.Settings.Target.Name);
        json.WriteString("made", NodeResult.Instant(header.At));
        Given(json, "overview", Overview());
        json.WriteStartArray("nodes");
        foreach (var node in project.Nodes) WriteNode(json, node);
        foreach (var source in project.Sources.Values) WriteSource(json, source);
        var graph = GraphPicture.Of(project);
        foreach (var section in new[] { "exposures", "metrics", "semantic_models", "saved_queries" }) WriteOthers(json, graph, section);
        json.WriteEndArray();
        new DocsMacros(project).Write(json);
        json.WriteEndObject();
    }

    /// <summary>The docs block <c>__overview__</c>: the project's own before a package's.</summary>
    private string? Overview() =>
        project.Docs.Where(block => block.Name == "__overview__").OrderByDescending(block => block.Package == project.Root.Name).FirstOrDefault()?.Text;

    private void WriteNode(Utf8JsonWriter json, ParsedNode node)
    {
        json.WriteStartObject();
        Basics(json, node.Id, node.ResourceType, node.Name, node.Package);
        json.WriteString("path", ManifestPath.Original(node));
        Texts(json, "fqn", node.Fqn);
        Given(json, "description", node.Description);
        Texts(json, "tags", node.Config.Tags);
        Value(json, "meta", node.Config.Meta.Count > 0 ? node.Config.Meta : null);
        Texts(json, "reads", node.DependsOn);
        Texts(json, "calls", MacroCalls.Of(node, project.Macros).OfType<string>());
        if (node.Kind == NodeKind.Test) WriteTest(json, node);
        else WriteRelation(json, node);
        Given(json, "raw", node.RawCode.Trim());
        Given(json, "compiled", compiledCode(node.Id)?.Trim());
        json.WriteEndObject();
    }

    private static void WriteTest(Utf8JsonWriter json, ParsedNode node)
    {
        Given(json, "test", node.Test?.Name);
        Given(json, "column", node.Test?.Column);
        Given(json, "attached", node.Test?.AttachedTo);
        Given(json, "severity", node.Config.Text("severity"));
    }

    private void WriteRelation(Utf8JsonWriter json, ParsedNode node)
    {
        Given(json, "materialized", node.Config.Materialized);
        Given(json, "group", node.Config.Text("group"));
        if (node.Kind == NodeKind.Model) Given(json, "access", node.Config.Text("access"));
        if (NodePicture.RelationName(node) is { } relation)
        {
            Place(json, relation, node.Database, node.Schema, node.Alias);
            WriteFacts(json, relations.Find(node.Id));
        }
        WriteColumns(json, node.Columns, relations.Find(node.Id));
    }

    private void WriteSource(Utf8JsonWriter json, SourceTable source)
    {
        var picture = SourcePicture.Of(source, project);
        json.WriteStartObject();
        Basics(json, source.Id, "source", source.Name, source.Package);
        json.WriteString("source", source.Source);
        json.WriteString("path", ManifestPath.Original(source.At.File));
        Texts(json, "fqn", [source.Package, source.Source, source.Name]);
        Given(json, "description", source.Description.Length > 0 ? source.Description : source.SourceDescription);
        Texts(json, "tags", source.Tags);
        Value(json, "meta", source.Meta.Count > 0 ? source.Meta : null);
        Given(json, "loader", Text(picture, "loader"));
        Place(json, Text(picture, "relation_name") ?? "", Text(picture, "database"), source.Schema, source.Identifier);
        WriteFacts(json, relations.Find(source.Id));
        WriteColumns(json, source.Columns, relations.Find(source.Id));
        json.WriteEndObject();
    }

    /// <summary>Exposures, metrics and the like, as far as their entries in the manifest have what the pages show.</summary>
    private static void WriteOthers(Utf8JsonWriter json, JinjaDict graph, string section)
    {
        if (!graph.TryGet(section, out var found) || found is not JinjaDict entries) return;
        foreach (var (id, value) in entries)
        {
            if (value is not JinjaDict entry) continue;
            json.WriteStartObject();
            Basics(json, PythonText.Of(id), Text(entry, "resource_type") ?? section.TrimEnd('s'), Text(entry, "name") ?? "", Text(entry, "package_name") ?? "");
            Given(json, "path", Text(entry, "original_file_path"));
            Value(json, "fqn", entry.TryGet("fqn", out var fqn) ? fqn : new List<object?>());
            Given(json, "description", Text(entry, "description"));
            foreach (var key in new[] { "tags", "meta", "owner" }) Value(json, key, entry.TryGet(key, out var given) ? given : null);
            foreach (var key in new[] { "url", "maturity" }) Given(json, key, Text(entry, key));
            Given(json, "kind", Text(entry, "type"));
            if (entry.TryGet("depends_on", out var on) && on is JinjaDict depends && depends.TryGet("nodes", out var nodes)) Value(json, "reads", nodes);
            json.WriteEndObject();
        }
    }

    private static void WriteFacts(Utf8JsonWriter json, CatalogRelation? relation)
    {
        if (relation is null) return;
        Given(json, "owner", relation.Owner);
        Given(json, "kind", relation.Type.ToLowerInvariant().Replace("base table", "table", StringComparison.Ordinal));
        if (relation.Rows >= 0) json.WriteNumber("rows", relation.Rows);
        if (relation.Bytes > 0) json.WriteString("size", SizeText.Of(relation.Bytes));
    }

    /// <summary>Those that were declared, in their order, with the types of the warehouse; then those that only the warehouse has.</summary>
    private static void WriteColumns(Utf8JsonWriter json, IReadOnlyList<ColumnProperties> declared, CatalogRelation? relation)
    {
        var real = relation?.Columns.ToDictionary(column => column.Name, StringComparer.OrdinalIgnoreCase) ?? [];
        if (declared.Count == 0 && real.Count == 0) return;
        json.WriteStartArray("columns");
        foreach (var column in declared)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            real.Remove(column.Name, out var found);
            Given(json, "type", found?.Type ?? column.DataType);
            Given(json, "description", column.Description);
            Texts(json, "tags", column.Tags);
            if (relation is not null && found is null) json.WriteBoolean("missing", true);
            json.WriteEndObject();
        }
        foreach (var column in real.Values)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("type", column.Type);
            Given(json, "description", column.Comment);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Basics(Utf8JsonWriter json, string id, string type, string name, string package)
    {
        json.WriteString("id", id);
        json.WriteString("type", type);
        json.WriteString("name", name);
        json.WriteString("package", package);
    }

    private static void Place(Utf8JsonWriter json, string relation, string? database, string schema, string identifier)
    {
        json.WriteString("relation", relation);
        Given(json, "database", database);
        json.WriteString("schema", schema);
        json.WriteString("identifier", identifier);
    }

    private static string? Text(JinjaDict dict, string key) => dict.TryGet(key, out var value) ? value as string : null;

    private static void Given(Utf8JsonWriter json, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text)) json.WriteString(name, text);
    }

    private static void Value(Utf8JsonWriter json, string name, object? value)
    {
        if (value is null) return;
        json.WritePropertyName(name);
        PictureJson.Write(json, value);
    }

    private static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        var hasAny = false;
        foreach (var text in texts)
        {
            if (!hasAny) json.WriteStartArray(name);
            hasAny = true;
            json.WriteStringValue(text);
        }
        if (hasAny) json.WriteEndArray();
    }
}
