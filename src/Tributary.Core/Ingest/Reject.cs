using Tributary.Core.Text;

namespace Tributary.Core.Ingest;

/// <summary>
/// A record that could not be loaded, with the place where it came from: <paramref name="Line"/> from 1,
/// <paramref name="Offset"/> in bytes of the file's content (of a <c>.gz</c>: after unpacking).
/// <paramref name="Bytes"/> are its first <see cref="MaxBytes"/> bytes of <paramref name="Length"/>.
/// <paramref name="Detail"/> never holds a value from the data. A note (<paramref name="IsNote"/>) is about a record that was loaded, but not as it came;
/// of an erased subject (<paramref name="IsErased"/>) no bytes are kept.
/// </summary>
public sealed record Reject(
    string File, long Line, long Offset, long Length, RejectReason Reason, string Detail, ReadOnlyMemory<byte> Bytes, bool IsNote = false, bool IsErased = false)
{
    /// <summary>How much of a record the ledger keeps: 1 MB.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary><c>bad_json</c>, <c>missing_id</c> …</summary>
    public string Code => Identifier.Snake(Reason.ToString());
}
