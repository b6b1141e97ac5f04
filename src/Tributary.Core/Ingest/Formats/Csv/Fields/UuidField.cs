using System.Buffers.Text;
using Tributary.Core.Postgres;

namespace Tributary.Core.Ingest.Formats.Csv.Fields;

/// <summary>uuid, with or without dashes or braces.</summary>
internal sealed class UuidField : FieldWriter
{
    public override string SqlType => "uuid";

    public override string Expected => "a uuid";

    public override bool TryWrite(BinaryCopy copy, ReadOnlySpan<byte> text)
    {
        var format = text.Length switch { 36 => 'D', 32 => 'N', 38 => 'B', _ => '\0' };
        if (format == '\0' || !Utf8Parser.TryParse(text, out Guid value, out var read, format) || read != text.Length) return false;
        return value.TryWriteBytes(copy.Value(16), bigEndian: true, out _);
    }
}
