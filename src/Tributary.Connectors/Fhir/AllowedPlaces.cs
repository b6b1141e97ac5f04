using Tributary.Core.Text;

namespace Tributary.Connectors.Fhir;

/// <summary>
/// The addresses that may be asked: those of the server's base, and hosts that the configuration names. A server's links are taken as
/// they come, but never to anywhere else.
/// </summary>
internal sealed class AllowedPlaces(FhirServer server)
{
    private readonly Uri root = new(server.Base.EndsWith('/') ? server.Base : server.Base + "/");

    public Uri Below(string path) => new(root, path);

    /// <summary>The address that a server's link means; throws TRB0401 for a host or scheme that is not allowed.</summary>
    public Uri Allowed(string link, string what, Uri? relativeTo = null)
    {
        if (!Uri.TryCreate(relativeTo ?? root, link, out var address) || address.UserInfo.Length > 0)
            throw server.Wrong($"gives as {what} something that is no address");
        if (IsOurs(address) || (address.Scheme == root.Scheme || address.Scheme == "https") && server.Hosts.Contains(address.Host, StringComparer.OrdinalIgnoreCase))
            return address;
        throw server.Wrong(
            $"sends us for {what} to {Excerpt.Of($"{address.Scheme}://{address.Authority}")}, which is neither {root.Scheme}://{root.Authority} nor among `hosts`",
            "When that host is known to you, add it to `hosts:` of the source.");
    }

    /// <summary>Only these may see our token unasked.</summary>
    public bool IsOurs(Uri address) => address.Scheme == root.Scheme && address.Host == root.Host && address.Port == root.Port;
}
