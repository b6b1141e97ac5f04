using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tributary.Core.Text.Binding;

/// <summary>JSON Schema (draft 2020-12) of the records that the binder builds, so that editors complete and check project files.</summary>
public static class JsonSchema
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema's text for files whose root is <paramref name="root"/>, a record or a seam.</summary>
    public static string For(Type root, KindCatalog kinds, string title)
    {
        var writer = new SchemaWriter(kinds);
        var reference = writer.Reference(root);
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = title,
            ["$ref"] = reference,
            ["$defs"] = writer.Definitions,
        };
        return schema.ToJsonString(Indented) + "\n";
    }
}
