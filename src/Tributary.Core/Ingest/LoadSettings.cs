using Tributary.Core.Text;

namespace Tributary.Core.Ingest;

/// <summary>The keys that every source has: where its streams land and how a load behaves.</summary>
public sealed record LoadSettings(
    [Description("Where the streams land.")] RawSettings? Raw = null,
    [Description("How a load changes the raw table: append, replace or merge.")] Disposition Disposition = Disposition.Merge,
    [Description("Keep every version of a record in <table>_history.")] bool History = false,
    [Description("A load that meets more bad records than this stops; absent: it never stops for them.")] long? MaxRejects = null,
    [Description("A larger record is a reject.")] ByteSize MaxRecordBytes = default,
    [Description("How much is committed at a time; bounds memory.")] ByteSize BatchBytes = default)
{
    public RawSettings Raw { get; init; } = Raw ?? new();

    public ByteSize MaxRecordBytes { get; init; } = MaxRecordBytes == default ? new(16_000_000) : MaxRecordBytes;

    public ByteSize BatchBytes { get; init; } = BatchBytes == default ? new(8_000_000) : BatchBytes;
}
