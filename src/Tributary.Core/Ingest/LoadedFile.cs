namespace Tributary.Core.Ingest;

/// <summary>A file that an earlier load read to its end.</summary>
public sealed record LoadedFile(string File, long Bytes, byte[] Sha256);
