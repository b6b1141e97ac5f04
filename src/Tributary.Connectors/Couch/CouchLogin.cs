using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Tributary.Connectors.Couch;

/// <summary>Puts into requests who asks. A cookie is fetched when it is first needed, and again when the server no longer takes it.</summary>
internal sealed class CouchLogin(CouchDb source)
{
    private string? cookie;

    /// <summary>True when a refused request may be tried again after <see cref="Forget"/>.</summary>
    public bool CanRenew => source.Auth == CouchAuth.Session && cookie is not null;

    public void Forget() => cookie = null;

    public async Task SignAsync(HttpRequestMessage request, Func<HttpRequestMessage, Task<HttpResponseMessage>> send)
    {
        // An empty name, as ${NAME:-} leaves it, means nobody.
        if (string.IsNullOrEmpty(source.User) && source.Token is null) return;
        switch (source.Auth)
        {
            case CouchAuth.Basic:
                request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{source.User}:{source.Password!.Reveal()}"))); // checked with the file
                break;
            case CouchAuth.Jwt:
                request.Headers.Authorization = new("Bearer", source.Token!.Reveal()); // as above
                break;
            case CouchAuth.Proxy:
                request.Headers.Add("X-Auth-CouchDB-UserName", source.User);
                request.Headers.Add("X-Auth-CouchDB-Roles", string.Join(",", source.Roles));
                if (source.Token is { } token) request.Headers.Add("X-Auth-CouchDB-Token", token.Reveal());
                break;
            default:
                request.Headers.Add("Cookie", cookie ??= await FetchAsync(send));
                break;
        }
    }

    private async Task<string> FetchAsync(Func<HttpRequestMessage, Task<HttpResponseMessage>> send)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(source.Server, "_session"))
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new { name = source.User, password = source.Password!.Reveal() })) // checked with the file
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            },
        };
        using var response = await send(request);
        if (!response.IsSuccessStatusCode) throw CouchFailure.Of(response, "_session", source);
        var given = response.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.FirstOrDefault(one => one.StartsWith("AuthSession=", StringComparison.Ordinal)) : null;
        return given?.Split(';')[0] ?? throw CouchFailure.Refuse(source, $"{source.Host} gave no session cookie.", "Use `auth: basic`, or correct the server's settings.");
    }
}
