using System.Text.Json;
using Tributary.Core.Models.Context;
using Tributary.Core.Models.Context.Pictures;
using Tributary.Core.Models.Files;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Models.Parsing.Libraries;
using Tributary.Jinja.Syntax;

namespace Tributary.Core.Models.Artifacts;

/// <summary>The manifest's <c>macros</c>: each with its text, its arguments and the macros that it calls; the engine's own among them.</summary>
internal sealed class MacroEntries(ParsedProject project, ArtifactHeader header)
{
    private readonly Dictionary<string, MacroProperties> properties = project.Files.Macros
        .GroupBy(macro => $"macro.{macro.Package}.{macro.Name}").ToDictionary(group => group.Key, group => group.First());

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("macros");
        foreach (var macro in project.Macros.All.OrderBy(macro => macro.Id, StringComparer.Ordinal)) Write(json, macro);
        json.WriteEndObject();
    }

    private void Write(Utf8JsonWriter json, PackageMacro macro)
    {
        var file = ManifestPath.Original(macro.Macro.Position.File);
        json.WriteStartObject(macro.Id);
        json.WriteString("name", macro.Name);
        json.WriteString("resource_type", "macro");
        json.WriteString("package_name", macro.Package);
        json.WriteString("path", file);
        json.WriteString("original_file_path", file);
        json.WriteString("unique_id", macro.Id);
        json.WriteString("macro_sql", macro.Macro.Text);
        json.WriteStartObject("depends_on");
        WriteTexts(json, "macros", Called(macro));
        json.WriteEndObject();
        var said = properties.GetValueOrDefault(macro.Id);
        json.WriteString("description", said?.Description ?? "");
        json.WritePropertyName("meta");
        PictureJson.Write(json, PlainObject.ToTemplate(said?.Meta ?? EmptyMap.Instance));
        json.WriteStartObject("docs");
        json.WriteBoolean("show", said?.Docs.GetValueOrDefault("show") is not false);
        json.WriteString("node_color", said?.Docs.GetValueOrDefault("node_color") as string);
        json.WriteEndObject();
        json.WriteString("patch_path", said is null ? null : $"{said.Package}://{ManifestPath.Original(said.At.File)}");
        if (said?.Arguments is { Count: > 0 } arguments) WriteArguments(json, arguments);
        else WriteArguments(json, macro);
        json.WriteNumber("created_at", header.StartedAt.ToUnixTimeMilliseconds() / 1000d);
        if (macro.Macro.Kind == MacroKind.Materialization) WriteTexts(json, "supported_languages", macro.Macro.SupportedLanguages);
        else json.WriteNull("supported_languages");
        json.WriteEndObject();
    }

    private static void WriteArguments(Utf8JsonWriter json, PackageMacro macro)
    {
        json.WriteStartArray("arguments");
        foreach (var parameter in macro.Macro.Parameters)
        {
            json.WriteStartObject();
            json.WriteString("name", parameter.Name);
            json.WriteNull("type");
            json.WriteString("description", "");
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>As properties describe them.</summary>
    private static void WriteArguments(Utf8JsonWriter json, IReadOnlyList<object?> arguments)
    {
        json.WriteStartArray("arguments");
        foreach (var argument in arguments.OfType<IReadOnlyDictionary<string, object?>>())
        {
            json.WriteStartObject();
            json.WriteString("name", argument.GetValueOrDefault("name") as string);
            json.WriteString("type", argument.GetValueOrDefault("type") as string);
            json.WriteString("description", argument.GetValueOrDefault("description") as string ?? "");
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    /// <summary>Ids in the order of the calls; what <c>adapter.dispatch</c> would choose counts as called.</summary>
    private IEnumerable<string> Called(PackageMacro macro)
    {
        var ids = new List<string>();
        foreach (var call in MacroCalls.In(macro.Macro.Body, macro.Package, project.Macros))
        {
            if (call.Id != macro.Id && !ids.Contains(call.Id)) ids.Add(call.Id);
        }
        return ids;
    }
}
