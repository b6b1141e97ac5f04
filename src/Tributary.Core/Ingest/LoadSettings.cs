using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Ingest;

/// <summary>The keys that every source has: where its streams land and how a load behaves.</summary>
public sealed record LoadSettings(
    [Description("Where the streams land.")][Default("{}")] RawSettings Raw,
    [Description("A larger record is a reject.")][Default("16 MB")] ByteSize MaxRecordBytes,
    [Description("How much is committed at a time; bounds memory.")][Default("8 MB")] ByteSize BatchBytes,
    [Description("How a load changes the raw table: append, replace or merge.")] Disposition Disposition = Disposition.Merge,
    [Description("Keep every version of a record in <table>_history.")] bool History = false,
    [Description("A load that meets more bad records than this stops; absent: it never stops for them.")] long? MaxRejects = null)
    : IValidated
{
    /// <summary>Records above 250 MB would not fit into jsonb; batches below 1 KB would commit every record alone.</summary>
    public void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (MaxRecordBytes.Bytes is < 1 or > 250_000_000)
            check.Refuse("max_record_bytes", "expected 1 B to 250 MB, which is about what jsonb can hold");
        if (BatchBytes.Bytes is < 1_000 or > 1_000_000_000) check.Refuse("batch_bytes", "expected 1 KB to 1 GB");
        if (MaxRejects < 0) check.Refuse("max_rejects", "expected 0 or more");
    }
}
