namespace Tributary.Core.Ingest;

/// <summary>A file that an earlier load read to its end; its lines and the records in them, rejects included.</summary>
public sealed record LoadedFile(string File, long Bytes, byte[] Sha256, long Lines, long Records);
