using System.Text;
using Tributary.Core.Text;

namespace Tributary.Connectors.Ssh;

/// <summary>What keys of SSH look like (RFC 4253, section 6.6; OpenSSH, PROTOCOL.key).</summary>
internal static class SshKeys
{
    /// <summary>A type and its key in base64, whose first field is the type again; a comment may follow.</summary>
    public static bool IsPublic(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 2 || text.Any(char.IsControl)) return false;
        var bytes = new byte[parts[1].Length];
        if (!Convert.TryFromBase64String(parts[1], bytes, out var length) || length < 20) return false;
        return bytes.AsSpan(4).StartsWith(Encoding.ASCII.GetBytes(parts[0]));
    }

    public static bool IsPrivate(Secret key)
    {
        var lines = key.Reveal().Trim().Split('\n');
        return lines.Length > 2 && lines[0].StartsWith("-----BEGIN ", StringComparison.Ordinal) && lines[0].Contains("PRIVATE KEY-----", StringComparison.Ordinal);
    }
}
