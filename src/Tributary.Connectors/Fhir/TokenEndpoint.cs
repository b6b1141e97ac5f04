using System.Net.Http.Headers;
using System.Text.Json;
using Tributary.Core.Text.Binding;

namespace Tributary.Connectors.Fhir;

/// <summary>Where tokens are given (OAuth 2): found in the configuration, or by what the FHIR server says about itself.</summary>
internal sealed class TokenEndpoint(FhirServer server, FhirTransport transport)
{
    public TimeProvider Clock => server.Clock;

    /// <summary>A token must not cross a network in the open.</summary>
    public static void Check(string? address, Validation check)
    {
        if (address is null) return;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var found) || found.Scheme is not ("http" or "https"))
            check.Refuse("token_url", "expected an address such as https://login.example.org/token");
        else if (found.Scheme == "http" && !FhirServerCheck.IsThisMachine(found))
            check.Refuse("token_url", "would carry a secret over http, which anybody on the way can read", "Use https.");
    }

    /// <summary>The configured address, or the one that the server names; that one must lie on an allowed host.</summary>
    public async Task<Uri> FindAsync(string? configured, CancellationToken cancel)
    {
        if (configured is not null) return new Uri(configured);
        using var answer = await transport.SendAsync(new FhirRequest(transport.Places.Below(".well-known/smart-configuration")) { Accept = "application/json" }, null, cancel);
        using var document = answer.IsGood ? await answer.JsonAsync(cancel) : null;
        if (document?.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("token_endpoint", out var found) && found.ValueKind == JsonValueKind.String)
            return transport.Places.Allowed(found.GetString()!, "the address for tokens"); // a string is never null
        throw server.Wrong("does not say where tokens are given (.well-known/smart-configuration)", "Write `token_url` under `auth:`.");
    }

    /// <summary>Posts the form; throws TRB0401 when the server refuses.</summary>
    public async Task<AccessToken> ExchangeAsync(
        Uri address, IReadOnlyDictionary<string, string> form, AuthenticationHeaderValue? header, CancellationToken cancel)
    {
        var request = new FhirRequest(address) { Method = HttpMethod.Post, Form = form, Accept = "application/json" };
        using var answer = await transport.SendAsync(request, header, cancel);
        using var document = await answer.JsonAsync(cancel);
        if (!answer.IsGood) throw server.Wrong($"gives no token ({answer.Status}{Reason(document)})", "Check the client's id, its secret or key, and what it may ask for.");
        var root = document?.RootElement ?? default;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("access_token", out var token) || token.ValueKind != JsonValueKind.String)
            throw server.Wrong("answered a request for a token with something else");
        TimeSpan? lifetime = root.TryGetProperty("expires_in", out var seconds) && seconds.TryGetInt64(out var count) ? TimeSpan.FromSeconds(Math.Clamp(count, 1, 1_000_000)) : null;
        return new AccessToken(new AuthenticationHeaderValue("Bearer", token.GetString()), lifetime);
    }

    private static string Reason(JsonDocument? document) =>
        document?.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("error", out var error)
            && error.ValueKind == JsonValueKind.String && OutcomeIssues.IsCode(error.GetString()) ? $", {error.GetString()}" : "";
}
