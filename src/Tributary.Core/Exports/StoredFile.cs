namespace Tributary.Core.Exports;

/// <summary>
/// A published file at a destination: its path there with <c>/</c>, its size and when it was last written. <paramref name="Sha256"/> in hex
/// where the destination keeps one with the file.
/// </summary>
public sealed record StoredFile(string Name, long Bytes, DateTimeOffset ModifiedAt, string? Sha256 = null);
