using System.Buffers.Text;
using Tributary.Core.Postgres;

namespace Tributary.Core.Ingest.Formats.Csv.Fields;

/// <summary>smallint, integer and bigint.</summary>
internal sealed class WholeNumber(FieldType type, NumberForm form) : FieldWriter
{
    public override string SqlType => type switch { FieldType.Smallint => "smallint", FieldType.Integer => "integer", _ => "bigint" };

    public override string Expected => $"a whole number ({SqlType})";

    public override bool TryWrite(BinaryCopy copy, ReadOnlySpan<byte> text)
    {
        Span<byte> plain = stackalloc byte[NumberForm.MostPlain];
        return form.IsPlain ? Put(copy, text) : form.TryPlain(text, plain, out var length) && Put(copy, plain[..length]);
    }

    private bool Put(BinaryCopy copy, ReadOnlySpan<byte> text)
    {
        if (!Utf8Parser.TryParse(text, out long value, out var read) || read != text.Length) return false;
        if (type == FieldType.Bigint) copy.Bigint(value);
        else if (type == FieldType.Integer && value is >= int.MinValue and <= int.MaxValue) copy.Integer((int)value);
        else if (type == FieldType.Smallint && value is >= short.MinValue and <= short.MaxValue) copy.Smallint((short)value);
        else return false;
        return true;
    }
}
