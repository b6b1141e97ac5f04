using Tributary.Core.Postgres;

namespace Tributary.Core.Ingest.Formats.Csv.Fields;

/// <summary>Text as it came.</summary>
internal sealed class PlainText : FieldWriter
{
    public override string SqlType => "text";

    public override string Expected => "text";

    public override bool IsTrimmed => false;

    public override bool TryWrite(BinaryCopy copy, ReadOnlySpan<byte> text)
    {
        copy.Text(text);
        return true;
    }
}
