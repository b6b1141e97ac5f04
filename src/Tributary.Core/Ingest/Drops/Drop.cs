using System.Security.Cryptography;
using System.Text;

namespace Tributary.Core.Ingest.Drops;

/// <summary>One delivery: its folder's name, the instant that the name says, and what lies in it by now.</summary>
public sealed record Drop(string Name, DateTimeOffset At, IReadOnlyList<DropFile> Files)
{
    public DateTimeOffset ChangedAt => Files.Count == 0 ? DateTimeOffset.MinValue : Files.Max(file => file.ModifiedAt);

    /// <summary>A text that is another one when any of these files is.</summary>
    public static string SignatureOf(IEnumerable<DropFile> files)
    {
        var text = string.Join('\n', files.OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => $"{file.Name}|{file.Bytes}|{file.Version}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
    }
}
