namespace Tributary.Core.Models.Packages.Fetching;

/// <summary>Addresses as messages and files may show them: a user and password in front of the host are left out.</summary>
internal static class Address
{
    public static string WithoutSecrets(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal);
        if (start < 0) return url;
        var end = url.IndexOfAny(['/', '?', '#'], start + 3);
        var host = end < 0 ? url[(start + 3)..] : url[(start + 3)..end];
        var at = host.LastIndexOf('@');
        return at < 0 || !host[..at].Contains(':', StringComparison.Ordinal) ? url : $"{url[..(start + 3)]}***@{url[(start + 4 + at)..]}";
    }
}
