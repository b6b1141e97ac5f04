using System.Reflection;
using System.Text.Json.Nodes;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Text.Binding;

/// <summary>Writes shapes as JSON Schema; each record and seam becomes one definition, so that records may hold themselves.</summary>
internal sealed class SchemaWriter(KindCatalog kinds)
{
    private const string Variable = "variable";
    private readonly Dictionary<Type, string> names = [];

    /// <summary>The value of <c>$defs</c>; grows with every new reference.</summary>
    public JsonObject Definitions { get; } = new()
    {
        [Variable] = new JsonObject
        {
            ["type"] = "string",
            ["pattern"] = @"\$\{[A-Za-z_][A-Za-z0-9_]*(:-[^}]*)?\}",
            ["description"] = "A value from the environment or the secrets file.",
        },
    };

    /// <summary>The <c>$ref</c> of a record's or seam's definition, which is written when first asked for.</summary>
    public string Reference(Type type)
    {
        if (!names.TryGetValue(type, out var name))
        {
            name = Identifier.Snake(type.Name);
            for (var number = 2; Definitions.ContainsKey(name); number++) name = $"{Identifier.Snake(type.Name)}_{number}";
            names.Add(type, name);
            Definitions[name] = null; // keeps its place while the types inside are written
            Definitions[name] = type.IsAbstract ? Seam(type) : Record(type);
        }
        return $"#/$defs/{name}";
    }

    private JsonObject Record(Type type)
    {
        var keys = RecordKeys.Of(type);
        var properties = new JsonObject();
        var required = keys.Parameters.Where(parameter => parameter.IsRequired).Select(parameter => parameter.Key).ToList();
        if (type.IsDefined(typeof(KindAttribute), inherit: false)) properties["kind"] = new JsonObject { ["const"] = KindCatalog.NameOf(type) };
        foreach (var parameter in keys.Parameters.Where(parameter => parameter.IsKey)) properties[parameter.Key] = Property(parameter);
        var record = new JsonObject { ["type"] = "object" };
        Describe(record, type.GetCustomAttribute<DescriptionAttribute>()?.Text);
        record["properties"] = properties;
        if (required.Count > 0) record["required"] = Array(required);
        record["additionalProperties"] = false;
        return record;
    }

    private JsonObject Seam(Type type)
    {
        var below = kinds.Below(type);
        var seam = new JsonObject { ["type"] = "object" };
        Describe(seam, type.GetCustomAttribute<DescriptionAttribute>()?.Text);
        seam["properties"] = new JsonObject { ["kind"] = new JsonObject { ["enum"] = Array(below.Keys) } };
        seam["required"] = Array(["kind"]);
        seam["allOf"] = new JsonArray([.. below.Select(kind => (JsonNode)new JsonObject
        {
            ["if"] = new JsonObject { ["properties"] = new JsonObject { ["kind"] = new JsonObject { ["const"] = kind.Key } } },
            ["then"] = new JsonObject { ["$ref"] = Reference(kind.Value) },
        })]);
        return seam;
    }

    private JsonObject Property(RecordParameter parameter)
    {
        var property = Value(parameter.Shape!); // a key has a shape
        if (!parameter.IsRequired && !parameter.Shape!.Nullable) property = Nullable(property);
        Describe(property, parameter.Description);
        if (Default(parameter) is { } value) property["default"] = value;
        return property;
    }

    private JsonObject Value(ValueShape shape)
    {
        var value = shape switch
        {
            ScalarShape { Scalar: var scalar } => Scalar(scalar),
            EnumShape words => OrVariable(new JsonObject { ["enum"] = Array(words.Words.Keys) }),
            SecretShape => new JsonObject { ["type"] = "string", ["pattern"] = @"^\$\{[A-Za-z_][A-Za-z0-9_]*(:-)?\}$" },
            ListShape list => List(list),
            MapShape { OrNames: true } map => AnyOf(
                new JsonObject { ["type"] = "array", ["uniqueItems"] = true, ["items"] = new JsonObject { ["type"] = "string" } }, Value(map with { OrNames = false })),
            MapShape map => new JsonObject { ["type"] = "object", ["additionalProperties"] = Value(map.Value) },
            RecordShape or SeamShape => new JsonObject { ["$ref"] = Reference(shape.Type) },
            NodeShape when shape.Type == typeof(YamlMap) => new JsonObject { ["type"] = "object" },
            NodeShape when shape.Type == typeof(YamlList) => new JsonObject { ["type"] = "array" },
            _ => [],
        };
        return shape.Nullable ? Nullable(value) : value;
    }

    private static JsonObject Scalar(ScalarType scalar)
    {
        if (scalar.Type == typeof(string)) return new JsonObject { ["type"] = Array(["string", "number", "boolean"]) }; // taken as written
        var value = new JsonObject { ["type"] = scalar.Type == typeof(ByteSize) ? Array(["string", "integer"]) : scalar.JsonType };
        if (scalar.Pattern is not null) value["pattern"] = scalar.Pattern;
        return OrVariable(value);
    }

    private JsonObject List(ListShape list)
    {
        var many = new JsonObject { ["type"] = "array", ["items"] = Value(list.Item) };
        return list.OneOrMany ? AnyOf(Value(list.Item), many) : many;
    }

    private static JsonObject OrVariable(JsonObject value) => AnyOf(value, new JsonObject { ["$ref"] = $"#/$defs/{Variable}" });

    /// <summary>Only scalars: an editor's message about a list or map is clearer without the choice of nothing.</summary>
    private static JsonObject Nullable(JsonObject value)
    {
        if (value.Count == 0 || value.ContainsKey("$ref") || (string?)(value["type"] as JsonValue) is "array" or "object") return value;
        if (value["anyOf"] is not JsonArray choices) return AnyOf(value, new JsonObject { ["type"] = "null" });
        choices.Add(new JsonObject { ["type"] = "null" });
        return value;
    }

    private static JsonObject AnyOf(params JsonObject[] choices) => new() { ["anyOf"] = new JsonArray([.. choices]) };

    private static JsonArray Array(IEnumerable<string> words) => new([.. words.Select(word => (JsonNode)word)]);

    private static void Describe(JsonObject target, string? text)
    {
        if (text is not null) target["description"] = text;
    }

    private static JsonNode? Default(RecordParameter parameter)
    {
        if (parameter.Default is not null) return System.Text.Json.JsonSerializer.SerializeToNode(parameter.Default.ToObject());
        return parameter.Source.HasDefaultValue ? parameter.DefaultValue switch
        {
            bool truth => truth,
            int or long or double or decimal => JsonValue.Create(Convert.ToDecimal(parameter.DefaultValue, System.Globalization.CultureInfo.InvariantCulture)),
            string text => text,
            Enum word => Identifier.Snake(word.ToString()),
            _ => null,
        } : null;
    }
}
