using System.Text.Json;
using Tributary.Core.Text;

namespace Tributary.Connectors.Fhir;

/// <summary>What a server's capability statement offers of that which a load can use.</summary>
internal sealed record ServerAbilities(bool Export, IReadOnlySet<string> Histories)
{
    public static ServerAbilities Unknown { get; } = new(false, new HashSet<string>());

    /// <summary>Throws TRB0401 for a version before R4, whose resources mean other things. A server that says nothing of itself is only searched.</summary>
    public static ServerAbilities Read(JsonElement statement, FhirServer server)
    {
        if (Text(statement, "resourceType") != "CapabilityStatement") return Unknown;
        if (Text(statement, "fhirVersion") is { } version && version is not ['4' or '5' or '6', ..])
            throw server.Wrong($"speaks FHIR {Excerpt.Of(version)}; R4, R4B and R5 can be read");
        var rest = Items(statement, "rest").FirstOrDefault();
        var export = Items(rest, "operation").Any(operation => Text(operation, "name")?.TrimStart('$') == "export")
            || Items(statement, "instantiates").Any(url => url.ValueKind == JsonValueKind.String && url.GetString()!.Contains("bulk-data", StringComparison.Ordinal));
        var histories = Items(rest, "resource").Where(OffersHistory).Select(resource => Text(resource, "type")).OfType<string>();
        return new ServerAbilities(export, new HashSet<string>(histories, StringComparer.Ordinal));
    }

    private static bool OffersHistory(JsonElement resource) =>
        Items(resource, "interaction").Any(interaction => Text(interaction, "code") == "history-type");

    private static IEnumerable<JsonElement> Items(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array ? items.EnumerateArray() : [];

    private static string? Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
