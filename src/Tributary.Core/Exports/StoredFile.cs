namespace Tributary.Core.Exports;

/// <summary>A published file at a destination: its path there with <c>/</c>, its size and when it was last written.</summary>
public sealed record StoredFile(string Name, long Bytes, DateTimeOffset ModifiedAt);
