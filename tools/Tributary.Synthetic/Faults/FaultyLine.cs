using System.Text;

namespace Tributary.Synthetic.Faults;

/// <summary>Lines that no loader may take for a resource of their type, each wrong in one way.</summary>
public static class FaultyLine
{
    /// <summary>The ways to be wrong, in the order in which they are planted.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
    [
        "bad_json", "wrong_type", "missing_id", "nul_escape", "bad_utf8",
        "truncated", "missing_type", "id_not_text", "nul_byte", "not_an_object",
    ];

    /// <summary>The bytes of a faulty line, without its line end.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="type">The resource type of the file.</param>
    /// <param name="id">An id that no good resource has.</param>
    public static byte[] Make(string kind, string type, string id) => kind switch
    {
        "bad_json" => Text($$"""{"resourceType":"{{type}}","id":"{{id}}","active":tru,}"""),
        "wrong_type" => Text($$"""{"resourceType":"Basic","id":"{{id}}","active":true}"""),
        "missing_id" => Text($$"""{"resourceType":"{{type}}","active":true}"""),
        "nul_escape" => Text($$"""{"resourceType":"{{type}}","id":"{{id}}","note":"a\u0000b"}"""),
        "bad_utf8" => [.. Text($$"""{"resourceType":"{{type}}","id":"{{id}}","note":"a"""), 0xC3, 0x28, .. Text("\"}")],
        "truncated" => Text($$"""{"resourceType":"{{type}}","id":"{{id}}","note":"cut off in the mid"""),
        "missing_type" => Text($$"""{"id":"{{id}}","active":true}"""),
        "id_not_text" => Text($$"""{"resourceType":"{{type}}","id":12345,"active":true}"""),
        "nul_byte" => [.. Text($$"""{"resourceType":"{{type}}","id":"{{id}}","note":"a"""), 0x00, .. Text("\"}")],
        "not_an_object" => Text($$"""["{{type}}","{{id}}"]"""),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of fault."),
    };

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
