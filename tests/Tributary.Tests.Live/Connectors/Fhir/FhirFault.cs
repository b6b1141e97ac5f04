namespace Tributary.Tests.Live.Connectors.Fhir;

/// <summary>What goes wrong with one answer.</summary>
internal sealed record FhirFault(int Status = 200)
{
    public string? RetryAfter { get; init; }

    /// <summary>The connection breaks after this part of the body.</summary>
    public double? CutAt { get; init; }

    /// <summary>The body stops for good after its first half, without an end.</summary>
    public bool IsStuck { get; init; }

    /// <summary>Sends the reader to another address.</summary>
    public string? Redirect { get; init; }

    public string? Body { get; init; }

    public string? ContentType { get; init; }
}
