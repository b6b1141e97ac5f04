using System.Text.Json.Nodes;

namespace Tributary.Tests.Compat.SqlOnFhir;

/// <summary>
/// Reads a file of expressions: a resource, <c>---</c>, then lines <c>expression =&gt; [values]</c> (or <c>error</c>; <c>#</c> begins a
/// comment). Makes a suite in the working group's form of it.
/// </summary>
internal static class ExpressionSuite
{
    public static string Of(string[] lines)
    {
        var separator = Array.IndexOf(lines, "---");
        var resource = JsonNode.Parse(string.Join('\n', lines[..separator]))!; // the file begins with a resource
        var tests = lines[(separator + 1)..].Where(line => line.Length > 0 && line[0] != '#').SelectMany(line => Cases(line, (string)resource["resourceType"]!));
        return new JsonObject { ["title"] = "expressions", ["resources"] = new JsonArray(resource), ["tests"] = new JsonArray([.. tests]) }.ToJsonString();
    }

    private static IEnumerable<JsonNode> Cases(string line, string type)
    {
        var end = line.LastIndexOf(" => ", StringComparison.Ordinal);
        var (path, expected) = (line[..end], line[(end + 4)..]);
        var values = expected == "error" ? null : JsonNode.Parse(expected)!.AsArray(); // the line holds a list
        yield return Case(path, type, isCollection: true, values);
        yield return Case(path, type, isCollection: false, values is { Count: <= 1 } ? values.FirstOrDefault() : null, isError: values is not { Count: <= 1 });
    }

    private static JsonObject Case(string path, string type, bool isCollection, JsonNode? value, bool isError = false)
    {
        var test = new JsonObject
        {
            ["title"] = $"{path}{(isCollection ? "" : " (one value)")}",
            ["view"] = new JsonObject
            {
                ["resource"] = type,
                ["select"] = new JsonArray(new JsonObject { ["column"] = new JsonArray(new JsonObject { ["name"] = "v", ["path"] = path, ["collection"] = isCollection }) }),
            },
        };
        if (isError || (isCollection && value is null)) test["expectError"] = true;
        else test["expect"] = new JsonArray(new JsonObject { ["v"] = value?.DeepClone() });
        return test;
    }
}
