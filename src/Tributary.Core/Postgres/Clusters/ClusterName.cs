using System.Security.Cryptography;
using System.Text;

namespace Tributary.Core.Postgres.Clusters;

/// <summary>
/// A cluster's name: the project folder's name, for people, and a hash of its whole path, so that two checkouts of one
/// project do not meet.
/// </summary>
internal static class ClusterName
{
    private const int MostLetters = 32;

    /// <summary><paramref name="project"/> is a real path. <c>/home/a/Engage 2</c> → <c>engage-2-1f0c9a3d</c>.</summary>
    public static string Of(string project)
    {
        var name = string.Concat(Path.GetFileName(project).ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));
        var shortened = name[..Math.Min(name.Length, MostLetters)].Trim('-');
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(project)))[..8];
        return shortened.Length == 0 ? hash : $"{shortened}-{hash}";
    }
}
