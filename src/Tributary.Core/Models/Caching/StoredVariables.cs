using System.Security.Cryptography;
using System.Text;

namespace Tributary.Core.Models.Caching;

/// <summary>Variables of the environment that a parse had read, each as a salted digest of its value (null: it was not set): a secret is not written down.</summary>
internal sealed record StoredVariables(byte[] Salt, Dictionary<string, byte[]?> Digests)
{
    private const int SaltBytes = 16;

    public IEnumerable<string> Names => Digests.Keys;

    public static StoredVariables Of(IReadOnlyCollection<KeyValuePair<string, string?>> values)
    {
        var stored = new StoredVariables(values.Count == 0 ? [] : RandomNumberGenerator.GetBytes(SaltBytes), new Dictionary<string, byte[]?>(StringComparer.Ordinal));
        foreach (var (name, value) in values) stored.Digests[name] = stored.Digest(value);
        return stored;
    }

    public bool Hold(Func<string, string?> environment)
    {
        foreach (var (name, digest) in Digests)
        {
            var now = Digest(environment(name));
            if (now is null || digest is null ? now != digest : !now.AsSpan().SequenceEqual(digest)) return false;
        }
        return true;
    }

    private byte[]? Digest(string? value) => value is null ? null : SHA256.HashData([.. Salt, .. Encoding.UTF8.GetBytes(value)]);
}
