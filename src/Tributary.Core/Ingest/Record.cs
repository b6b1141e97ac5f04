namespace Tributary.Core.Ingest;

/// <summary>
/// One record of a batch. <paramref name="Bytes"/> is its text in UTF-8, exactly as it came, and lives until the batch is
/// disposed; <paramref name="Hash"/> is the first 16 bytes of its SHA-256.
/// </summary>
public readonly record struct Record(
    RecordKey Key, UInt128 Hash, ReadOnlyMemory<byte> Bytes, string File, long Line, long Offset)
{
    /// <summary>Where the record came from; no two records of a batch share it.</summary>
    public (string File, long Offset) Place => (File, Offset);
}
