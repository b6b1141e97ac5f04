using System.Net.Http.Headers;
using System.Text;
using Tributary.Core.Text;

namespace Tributary.Connectors.Fhir;

/// <summary>How a FHIR server knows us.</summary>
[Description("How the server knows us.")]
public abstract record FhirAuth
{
    /// <summary>False when asking again after a refusal would give the same.</summary>
    internal virtual bool CanRenew => false;

    /// <summary>What goes into the Authorization header, and for how long it holds; null: as long as the program runs.</summary>
    internal abstract Task<AccessToken> GetAsync(TokenEndpoint endpoint, CancellationToken cancel);
}

/// <summary>A value of the Authorization header.</summary>
internal sealed record AccessToken(AuthenticationHeaderValue Header, TimeSpan? Lifetime = null)
{
    public override string ToString() => "***";
}

/// <summary>User and password.</summary>
[Kind("basic")]
[Description("User and password.")]
public sealed record BasicAuth([Description("The user.")] string User, [Description("The password.")] Secret Password) : FhirAuth
{
    internal override Task<AccessToken> GetAsync(TokenEndpoint endpoint, CancellationToken cancel) => Task.FromResult(new AccessToken(Header(User, Password)));

    internal static AuthenticationHeaderValue Header(string user, Secret password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password.Reveal()}")));
}

/// <summary>A token that somebody gave us.</summary>
[Kind("bearer")]
[Description("A token that somebody gave us.")]
public sealed record BearerAuth([Description("The token.")] Secret Token) : FhirAuth
{
    internal override Task<AccessToken> GetAsync(TokenEndpoint endpoint, CancellationToken cancel) =>
        Task.FromResult(new AccessToken(new AuthenticationHeaderValue("Bearer", Token.Reveal())));
}
