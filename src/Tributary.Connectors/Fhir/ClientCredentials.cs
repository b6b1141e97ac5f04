using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Connectors.Fhir;

/// <summary>OAuth 2 client credentials (RFC 6749, 4.4): id and secret are exchanged for tokens that are renewed when they end.</summary>
[Kind("client_credentials")]
[Description("OAuth 2 client credentials: id and secret are exchanged for tokens.")]
public sealed record ClientCredentials(
    [Description("The client's id.")] string ClientId,
    [Description("The client's secret.")] Secret ClientSecret,
    [Description("Where tokens are given; absent: what the server's .well-known/smart-configuration names.")] string? TokenUrl = null,
    [Description("What is asked for, such as system/*.read.")] string? Scope = null,
    [Description("Where id and secret stand in the request for a token: header or body.")] SecretPlace SecretIn = SecretPlace.Header)
    : FhirAuth, IValidated
{
    internal override bool CanRenew => true;

    public void Validate(Validation check) => TokenEndpoint.Check(TokenUrl, check);

    internal override async Task<AccessToken> GetAsync(TokenEndpoint endpoint, CancellationToken cancel)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials" };
        if (Scope is not null) form["scope"] = Scope;
        if (SecretIn == SecretPlace.Body) (form["client_id"], form["client_secret"]) = (ClientId, ClientSecret.Reveal());
        var address = await endpoint.FindAsync(TokenUrl, cancel);
        // RFC 6749 (2.3.1) encodes both as a form does before they become a header.
        var header = SecretIn == SecretPlace.Header
            ? BasicAuth.Header(Uri.EscapeDataString(ClientId), new Secret(Uri.EscapeDataString(ClientSecret.Reveal()))) : null;
        return await endpoint.ExchangeAsync(address, form, header, cancel);
    }
}

/// <summary>Where a client's id and secret stand in a request for a token.</summary>
public enum SecretPlace
{
    Header,
    Body,
}
