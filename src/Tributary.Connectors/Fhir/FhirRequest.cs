namespace Tributary.Connectors.Fhir;

/// <summary>One request, as often as it must be sent.</summary>
internal sealed record FhirRequest(Uri Address)
{
    public HttpMethod Method { get; init; } = HttpMethod.Get;

    public string Accept { get; init; } = "application/fhir+json";

    /// <summary>Asks the server to work in the background and to answer at once.</summary>
    public bool IsAsync { get; init; }

    /// <summary>True: our token also goes to an allowed host that is not the server's own; false: it goes to nobody.</summary>
    public bool? WithToken { get; init; }

    /// <summary>The caller judges every answer, also those that waiting did not heal and those that refuse us.</summary>
    public bool IsJudgedByCaller { get; init; }

    public IReadOnlyDictionary<string, string>? Form { get; init; }
}
