namespace Tributary.Tests.Live.Connectors.Fhir;

/// <summary>An answer before anything goes wrong with it.</summary>
internal sealed record FhirReply(int Status, string Body)
{
    public string ContentType { get; init; } = "application/fhir+json";

    public string? ContentLocation { get; init; }

    public FhirFault? Fault { get; init; }
}
