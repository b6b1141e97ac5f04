using System.Text.Json.Nodes;
using Tributary.Core.Text.Binding;
using Tributary.Tests.Architecture;

namespace Tributary.Tests.Text.Binding;

public sealed class JsonSchemaTests
{
    private static readonly KindCatalog Kinds = new(typeof(JsonSchemaTests).Assembly);

    [Fact]
    public void Writes_records_enums_and_kinds()
    {
        var expected = File.ReadAllText(Path.Combine(Repository.Root, "tests/Tributary.Tests/Text/Binding/strict.schema.json"));
        Assert.Equal(expected, JsonSchema.For(typeof(Strict), Kinds, "A strict file"));
    }

    [Theory]
    [InlineData(typeof(Everything))]
    [InlineData(typeof(Defaults))]
    [InlineData(typeof(Strict))]
    [InlineData(typeof(Tree))]
    [InlineData(typeof(Drop))]
    public void Has_the_keys_that_the_binder_knows(Type root)
    {
        var schema = JsonNode.Parse(JsonSchema.For(root, Kinds, "x"))!;
        var definition = schema["$defs"]![((string)schema["$ref"]!)["#/$defs/".Length..]]!;
        var keys = RecordKeys.Of(root);
        Assert.Equal(keys.Names, definition["properties"]!.AsObject().Select(property => property.Key));
        Assert.Equal(keys.Parameters.Where(key => key.IsRequired).Select(key => key.Key), Words(definition["required"]));
        Assert.False((bool)definition["additionalProperties"]!);
    }

    [Fact]
    public void A_seam_lists_its_kinds_and_each_allows_its_own_keys_only()
    {
        var schema = JsonNode.Parse(JsonSchema.For(typeof(Seam), Kinds, "x"))!;
        Assert.Equal(["bulk", "sql"], Words(schema["$defs"]!["seam"]!["properties"]!["kind"]!["enum"]));
        Assert.Equal("bulk", (string?)schema["$defs"]!["bulk"]!["properties"]!["kind"]!["const"]);
    }

    private static IEnumerable<string> Words(JsonNode? list) => list?.AsArray().Select(word => (string)word!) ?? [];
}
