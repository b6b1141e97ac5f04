using System.Security.Cryptography;
using System.Text;
using Tributary.Core.Text;

namespace Tributary.Core.Privacy;

/// <summary>
/// The key of the digests of one project. It reaches the database only as a startup option of the sessions that build
/// (<see cref="SessionSetting"/>): never in SQL text, logs, views or tables. Compiled SQL holds its <see cref="Mark"/>, so that
/// another key makes the twins stale.
/// </summary>
public sealed class PrivacyKey
{
    /// <summary>The name of the setting that <c>tributary.digest</c> reads.</summary>
    public const string SettingName = "tributary.privacy_key";

    /// <summary>The fewest characters that a key may have: shorter ones could be found by trying.</summary>
    public const int MinLength = 32;

    private const int BlockBytes = 64;
    private readonly byte[] key;

    private PrivacyKey(byte[] key)
    {
        this.key = key;
        Mark = Convert.ToHexStringLower(HMACSHA256.HashData(key, "tributary privacy key"u8))[..16];
    }

    /// <summary>16 hex digits that name the key and tell nothing about it.</summary>
    public string Mark { get; }

    /// <summary>
    /// What a session's setting must hold: the mark, then the key's two pads of RFC 2104 in hex, so that the server needs no more than sha256().
    /// </summary>
    public Secret SessionSetting => new(Mark + Pad(0x36) + Pad(0x5c));

    /// <summary>Refuses a key that is too short (TRB0115).</summary>
    public static PrivacyKey From(Secret secret, SourcePosition at)
    {
        var text = secret.Reveal();
        if (text.Length < MinLength)
        {
            throw new UserErrorException(ErrorCodes.InvalidValue, at,
                $"The privacy key has {text.Length} characters; at least {MinLength} are needed.",
                "Make one with `openssl rand -hex 32` and keep it with the other secrets of the project.");
        }
        return new PrivacyKey(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>A new random key as text of 64 hex digits.</summary>
    public static Secret Generate() => new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));

    /// <summary>The digest of a bare id, exactly as <c>tributary.digest</c> computes it.</summary>
    public string Digest(string bareId) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(bareId)));

    public override string ToString() => $"privacy key {Mark}";

    private string Pad(byte filler)
    {
        var pad = new byte[BlockBytes];
        (key.Length > BlockBytes ? SHA256.HashData(key) : key).CopyTo(pad, 0);
        for (var i = 0; i < pad.Length; i++) pad[i] ^= filler;
        return Convert.ToHexStringLower(pad);
    }
}
