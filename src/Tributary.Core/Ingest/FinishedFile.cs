namespace Tributary.Core.Ingest;

/// <summary>
/// A file that was read to its end: <paramref name="Bytes"/> and <paramref name="Sha256"/> as it lies on disk, its
/// lines, and how many of them held a record (good or bad; blank lines hold none).
/// </summary>
public sealed record FinishedFile(string File, long Bytes, byte[] Sha256, long Lines, long Records);
