using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Tributary.Core.Ingest;

/// <summary>
/// One record of a batch. <paramref name="Bytes"/> is its text in UTF-8, exactly as it came, and lives until the batch is
/// disposed; <paramref name="Hash"/> is the first 16 bytes of its SHA-256.
/// </summary>
public readonly record struct Record(
    RecordKey Key, UInt128 Hash, ReadOnlyMemory<byte> Bytes, string File, long Line, long Offset)
{
    /// <summary>
    /// A deletion that leaves the document as it was last known: the row is only flagged. Its own bytes count where nothing was known.
    /// </summary>
    public bool KeepsDocument { get; init; }

    /// <summary>The record after an earlier one of the same key that was not written: a deletion that keeps the document takes it over.</summary>
    public Record Over(in Record earlier) =>
        KeepsDocument ? this with { Bytes = earlier.Bytes, KeepsDocument = earlier.KeepsDocument } : this;

    /// <summary>Where the record came from; no two records of a batch share it.</summary>
    public (string File, long Offset) Place => (File, Offset);

    /// <summary>The hash of a record's bytes.</summary>
    public static UInt128 HashOf(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
