using System.Buffers.Text;
using Tributary.Core.Postgres;

namespace Tributary.Core.Ingest.Formats.Csv.Fields;

/// <summary>double precision, finite numbers only.</summary>
internal sealed class DoubleNumber(NumberForm form) : FieldWriter
{
    public override string SqlType => "double precision";

    public override string Expected => "a number (double)";

    public override bool TryWrite(BinaryCopy copy, ReadOnlySpan<byte> text)
    {
        Span<byte> plain = stackalloc byte[NumberForm.MostPlain];
        return form.IsPlain ? Put(copy, text) : form.TryPlain(text, plain, out var length) && Put(copy, plain[..length]);
    }

    private static bool Put(BinaryCopy copy, ReadOnlySpan<byte> text)
    {
        if (!Utf8Parser.TryParse(text, out double value, out var read) || read != text.Length || !double.IsFinite(value)) return false;
        copy.Double(value);
        return true;
    }
}
