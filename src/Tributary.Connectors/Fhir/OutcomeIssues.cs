using System.Text.Json;

namespace Tributary.Connectors.Fhir;

/// <summary>What an OperationOutcome says, as far as it may be shown: severities and codes, never its texts, which may hold values.</summary>
internal sealed record OutcomeIssues(bool IsError, string Codes)
{
    public static OutcomeIssues Unknown { get; } = new(true, "");

    /// <summary>Null when the bytes are no OperationOutcome.</summary>
    public static OutcomeIssues? Read(ReadOnlySpan<byte> document)
    {
        try
        {
            var json = new Utf8JsonReader(document);
            using var parsed = JsonDocument.ParseValue(ref json);
            return Read(parsed.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Null when the element is no OperationOutcome.</summary>
    public static OutcomeIssues? Read(JsonElement outcome)
    {
        if (outcome.ValueKind != JsonValueKind.Object || Text(outcome, "resourceType") != "OperationOutcome") return null;
        if (!outcome.TryGetProperty("issue", out var issues) || issues.ValueKind != JsonValueKind.Array) return Unknown;
        var found = issues.EnumerateArray().Where(issue => issue.ValueKind == JsonValueKind.Object)
            .Select(issue => (Severity: Text(issue, "severity"), Code: Text(issue, "code"))).ToList();
        var codes = found.Select(issue => issue.Code).Where(IsCode).Distinct().Take(5);
        return new OutcomeIssues(found.Count == 0 || found.Exists(issue => issue.Severity is "error" or "fatal"), string.Join(", ", codes));
    }

    /// <summary>True for a word of a code system, so that a message may show it.</summary>
    public static bool IsCode(string? text) => text is { Length: > 0 and < 40 } && text.All(c => char.IsAsciiLetter(c) || c is '-' or '_');

    private static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
