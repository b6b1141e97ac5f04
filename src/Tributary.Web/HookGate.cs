using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Tributary.Core.Text;

namespace Tributary.Web;

/// <summary>Whether a call shows the hook's secret. How long the comparison takes tells nothing of the secret.</summary>
internal static class HookGate
{
    public const string Header = "X-Tributary-Secret";

    public static bool Opens(HttpRequest request, Secret secret) => Shown(request) is { } shown && Equal(shown, secret.Reveal());

    private static string? Shown(HttpRequest request)
    {
        if (request.Headers[Header] is [{ } given]) return given;
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var authorization)) return null;
        return authorization.Scheme.ToLowerInvariant() switch
        {
            "bearer" => authorization.Parameter,
            "basic" => Password(authorization.Parameter ?? ""),
            _ => null,
        };
    }

    /// <summary>RFC 7617: base64 of <c>user:password</c>; the user's name does not matter.</summary>
    private static string? Password(string credentials)
    {
        var bytes = new byte[credentials.Length];
        if (!Convert.TryFromBase64String(credentials, bytes, out var length)) return null;
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : text[(colon + 1)..];
    }

    private static bool Equal(string shown, string secret) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(shown)), SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
