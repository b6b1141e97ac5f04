namespace Tributary.Core.Privacy;

/// <summary>
/// What masks need beside the column: <paramref name="KeyMark"/> names the key of the digests (16 hex digits; never the key),
/// <paramref name="Zone"/> is the IANA zone whose day ages are counted to.
/// </summary>
public sealed record MaskSettings(string KeyMark, string Zone);
