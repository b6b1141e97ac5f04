using System.Text.Json;
using Tributary.Core.Models.Artifacts;
using Tributary.Core.Models.Context.Pictures;
using Tributary.Core.Models.Files;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Models.Parsing.Libraries;

namespace Tributary.Core.Models.Docs;

/// <summary>The macros of the project and its packages, for the pages; the engine's own are not documented there.</summary>
internal sealed class DocsMacros(ParsedProject project)
{
    private readonly Dictionary<string, MacroProperties> properties = project.Files.Macros
        .GroupBy(macro => $"macro.{macro.Package}.{macro.Name}").ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("macros");
        foreach (var macro in project.Macros.All.Where(macro => macro.Package != EmbeddedMacros.Package).OrderBy(macro => macro.Id, StringComparer.Ordinal)) Write(json, macro);
        json.WriteEndArray();
    }

    private void Write(Utf8JsonWriter json, PackageMacro macro)
    {
        json.WriteStartObject();
        json.WriteString("id", macro.Id);
        json.WriteString("type", "macro");
        json.WriteString("name", macro.Name);
        json.WriteString("package", macro.Package);
        json.WriteString("path", ManifestPath.Original(macro.Macro.Position.File));
        var said = properties.GetValueOrDefault(macro.Id);
        if (said?.Description is { Length: > 0 } description) json.WriteString("description", description);
        json.WritePropertyName("arguments");
        PictureJson.Write(json, said?.Arguments is { Count: > 0 } described ? described : macro.Macro.Parameters.Select(parameter => new Dictionary<string, object?> { ["name"] = parameter.Name }));
        json.WriteStartArray("calls");
        var seen = new HashSet<string>(StringComparer.Ordinal) { macro.Id };
        foreach (var called in MacroCalls.In(macro.Macro.Body, macro.Package, project.Macros))
        {
            if (called.Package != EmbeddedMacros.Package && seen.Add(called.Id)) json.WriteStringValue(called.Id);
        }
        json.WriteEndArray();
        json.WriteString("raw", macro.Macro.Text);
        json.WriteEndObject();
    }
}
