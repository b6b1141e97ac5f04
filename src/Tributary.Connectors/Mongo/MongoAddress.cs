using System.Net;
using Tributary.Core.Text;

namespace Tributary.Connectors.Mongo;

/// <summary>
/// What a connection string says of where data would go. Only hosts and the choice of TLS are taken from it, and nothing of it is ever
/// repeated but the hosts: it holds a password.
/// </summary>
internal sealed record MongoAddress(IReadOnlyList<string> Hosts, bool HasTls)
{
    private const string Plain = "mongodb://";
    private const string Looked = "mongodb+srv://";

    /// <summary>Null when the text is no connection string.</summary>
    public static MongoAddress? Parse(string text)
    {
        var isLooked = text.StartsWith(Looked, StringComparison.OrdinalIgnoreCase);
        if (!isLooked && !text.StartsWith(Plain, StringComparison.OrdinalIgnoreCase)) return null;
        var rest = text[(isLooked ? Looked : Plain).Length..];
        var query = rest.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? rest[(mark + 1)..] : "";
        var authority = rest.Split('/', '?')[0];
        var hosts = authority[(authority.LastIndexOf('@') + 1)..].Split(',').Select(HostOf).ToList();
        return hosts.Count == 0 || hosts.Exists(host => host.Length == 0) ? null : new MongoAddress(hosts, TlsOf(query) ?? isLooked);
    }

    /// <summary>The host of <c>name:port</c> or <c>[::1]:port</c>.</summary>
    public static string HostOf(string authority)
    {
        var host = authority.StartsWith('[') ? authority.Split(']')[0].TrimStart('[') : authority.Split(':')[0];
        return Uri.UnescapeDataString(host).ToLowerInvariant();
    }

    /// <summary>The first host that none of the patterns allows; null when all are.</summary>
    public static string? FindForeign(IEnumerable<string> hosts, IReadOnlyList<string> allowed)
    {
        var globs = allowed.Select(pattern => new Glob(pattern.ToLowerInvariant())).ToList();
        return hosts.FirstOrDefault(host => !globs.Exists(glob => glob.IsMatch(host)));
    }

    public static bool IsHere(string host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static bool? TlsOf(string query)
    {
        bool? found = null;
        foreach (var option in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            if (option.Split('=') is [var name, var value] && name.ToLowerInvariant() is "tls" or "ssl") found = value.Equals("true", StringComparison.OrdinalIgnoreCase);
        }
        return found;
    }
}
