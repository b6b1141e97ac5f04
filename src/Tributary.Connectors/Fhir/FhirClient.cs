using Tributary.Core.Text;

namespace Tributary.Connectors.Fhir;

/// <summary>One FHIR server for all streams of a source: requests with our token, and what the server says that it can.</summary>
internal sealed class FhirClient
{
    private readonly FhirServer server;
    private readonly Slots gate = new(1);
    private readonly TokenEndpoint endpoint;
    private AccessToken? token;
    private DateTimeOffset renewAt;
    private ServerAbilities? abilities;

    public FhirClient(FhirServer server)
    {
        this.server = server;
        Transport = new FhirTransport(server);
        endpoint = new TokenEndpoint(server, Transport);
    }

    public FhirTransport Transport { get; }

    public AllowedPlaces Places => Transport.Places;

    /// <summary>The server's clock, or ours as long as it has not told.</summary>
    public DateTime Now => Transport.ServerTime ?? server.Clock.GetUtcNow().UtcDateTime;

    /// <summary>
    /// The answer; 401 and 403 become errors after a token was renewed once. Every other refusal is the caller's to judge
    /// (<see cref="RefusedAsync"/>).
    /// </summary>
    public async Task<FhirAnswer> SendAsync(FhirRequest request, CancellationToken cancel)
    {
        var used = await TokenAsync(null, cancel);
        var answer = await Transport.SendAsync(request, used?.Header, cancel);
        if (answer.Status == 401 && server.Auth?.CanRenew == true)
        {
            answer.Dispose();
            answer = await Transport.SendAsync(request, (await TokenAsync(used, cancel))?.Header, cancel);
        }
        if (answer.Status is not (401 or 403) || request.IsJudgedByCaller) return answer;
        using (answer) throw await RefusedAsync(answer, request.Address, cancel);
    }

    /// <summary>The error for an answer that is no good. Shows codes, never texts.</summary>
    public async Task<UserErrorException> RefusedAsync(FhirAnswer answer, Uri asked, CancellationToken cancel)
    {
        var codes = "";
        try
        {
            using var document = answer.IsJson ? await answer.JsonAsync(cancel) : null;
            if (document is not null && OutcomeIssues.Read(document.RootElement) is { Codes.Length: > 0 } issues) codes = $", {issues.Codes}";
        }
        catch (IOException)
        {
            // The status says enough.
        }
        var what = Excerpt.Of(Places.IsOurs(asked) ? asked.AbsolutePath : asked.Host);
        return answer.Status switch
        {
            401 => server.Wrong($"does not accept who we are (401{codes}) for {what}", server.Auth is null ? "Write `auth:` into the source." : "Check `auth:` of the source and the secrets that it names."),
            403 => server.Wrong($"does not let us read {what} (403{codes})", "Its administrator must grant it, or `auth:` must ask for more (scope)."),
            404 or 410 => server.Wrong($"knows nothing at {what} ({answer.Status}{codes})", "Check `base:` and the names under `streams:`."),
            _ => server.Wrong($"refuses to answer for {what} ({answer.Status}{codes})", null),
        };
    }

    /// <summary>What the server says about itself; asked once.</summary>
    public async Task<ServerAbilities> AbilitiesAsync(CancellationToken cancel)
    {
        await gate.TakeAsync(cancel);
        try
        {
            if (abilities is not null) return abilities;
        }
        finally
        {
            gate.Release();
        }
        var request = new FhirRequest(Places.Below("metadata"));
        using var answer = await SendAsync(request, cancel);
        if (!answer.IsGood) return abilities = answer.Status is 404 or 405 or 406 or 410 or 501 ? ServerAbilities.Unknown : throw await RefusedAsync(answer, request.Address, cancel);
        try
        {
            using var document = answer.IsJson ? await answer.JsonAsync(cancel) : null;
            return abilities = document is null ? ServerAbilities.Unknown : ServerAbilities.Read(document.RootElement, server);
        }
        catch (IOException error)
        {
            throw new TransientException($"The FHIR server of the source {server.Name} was lost while it told what it can.", error);
        }
    }

    /// <summary>The error for a good answer that is something else than FHIR.</summary>
    public UserErrorException NotFhir(Uri asked) =>
        server.Wrong($"answers for {Excerpt.Of(asked.AbsolutePath)} with something that is no FHIR in JSON", "Check `base:`; the address of a web page is not that of the FHIR server behind it.");

    // The token that is known to be refused (stale) is replaced once, whoever notices first.
    private async Task<AccessToken?> TokenAsync(AccessToken? stale, CancellationToken cancel)
    {
        if (server.Auth is null) return null;
        await gate.TakeAsync(cancel);
        try
        {
            if (token is not null && !ReferenceEquals(token, stale) && server.Clock.GetUtcNow() < renewAt) return token;
            token = await server.Auth.GetAsync(endpoint, cancel);
            renewAt = token.Lifetime is { } life ? server.Clock.GetUtcNow() + Shortened(life) : DateTimeOffset.MaxValue;
            return token;
        }
        finally
        {
            gate.Release();
        }
    }

    // A request that is sent just before the end arrives behind it.
    private static TimeSpan Shortened(TimeSpan life) => life > TimeSpan.FromMinutes(2) ? life - TimeSpan.FromSeconds(30) : life * 0.75;
}
