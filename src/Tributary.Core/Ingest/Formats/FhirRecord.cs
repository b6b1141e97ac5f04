namespace Tributary.Core.Ingest.Formats;

/// <summary>What a file or a server gave: a record, or the reject that it is.</summary>
public static class FhirRecord
{
    /// <summary>
    /// Null and the key when a record can be made of <paramref name="document"/>, its bytes without what surrounds them;
    /// <paramref name="record"/> says where it stands in <paramref name="file"/>.
    /// </summary>
    public static Reject? Judge(
        string file, string type, long mostBytes, in Line record, ReadOnlySpan<byte> document, out RecordKey key)
    {
        key = default;
        if (record.IsOverSize)
            return RejectOf(file, record, RejectReason.OverSize, $"the record has {record.Length} bytes, and max_record_bytes is {mostBytes}");
        return FhirResource.Read(document, type, out key, out var detail) is { } reason ? RejectOf(file, record, reason, detail) : null;
    }

    /// <summary>The reject with the first part of the record's bytes.</summary>
    public static Reject RejectOf(string file, in Line record, RejectReason reason, string detail) => new(
        file, record.Number, record.Offset, record.Length, reason, detail,
        record.Bytes[..Math.Min(record.Bytes.Length, Reject.MaxBytes)].ToArray());
}
