namespace Tributary.Core.Models.Packages.Fetching;

/// <summary>Which addresses, revisions and folders may be handed to git: none that it could read as an option or as a program to run.</summary>
internal static class GitWords
{
    /// <summary>What git may speak; its other transports run programs.</summary>
    public const string Transports = "https:http:ssh:git:file";

    /// <summary>What is wrong, as a sentence; null when all is well.</summary>
    public static string? Fault(string url, string? revision, string? subdirectory)
    {
        if (!IsAddress(url)) return $"'{Shown(url)}' is no address of a repository that may be used here; write https://…, ssh://…, git@host:path or a folder";
        if (revision is not null && !IsRevision(revision)) return $"'{Shown(revision)}' is no branch, tag or commit";
        return subdirectory is null || IsInside(subdirectory) ? null : $"the subdirectory '{Shown(subdirectory)}' leaves the repository";
    }

    private static bool IsAddress(string url)
    {
        if (url.Length == 0 || url[0] == '-' || url.Any(c => char.IsControl(c) || c == ' ') || url.Contains("::", StringComparison.Ordinal)) return false;
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        return scheme < 0 || Transports.Split(':').Contains(url[..scheme], StringComparer.Ordinal);
    }

    private static bool IsRevision(string revision) =>
        revision.Length > 0 && revision[0] != '-' && revision.All(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '/' or '-' or '+' or '@' or '#');

    private static bool IsInside(string folder) =>
        folder.Length > 0 && !Path.IsPathRooted(folder) && !folder.Split('/', '\\').Contains("..") && folder[0] != '-';

    private static string Shown(string word) => Text.Excerpt.Of(Address.WithoutSecrets(word));
}
