namespace Tributary.Core.Ingest.Formats.Csv;

/// <summary>Fields of files that are not UTF-8: one byte a character, and the same structure.</summary>
internal sealed class FieldText(CsvEncoding encoding)
{
    /// <summary>What windows-1252 has at 0x80 to 0x9F; 0 where it has nothing.</summary>
    private const string Windows = "€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ";

    private byte[] room = new byte[256];

    public bool IsUtf8 => encoding == CsvEncoding.Utf8;

    /// <summary>The field as UTF-8; false when a byte is no character. Lives until the next call.</summary>
    public bool TryRead(ReadOnlySpan<byte> field, out ReadOnlySpan<byte> text)
    {
        text = field;
        if (IsUtf8 || System.Text.Ascii.IsValid(field)) return true;
        if (room.Length < field.Length * 3) room = new byte[field.Length * 3];
        var written = 0;
        foreach (var c in field)
        {
            var rune = encoding == CsvEncoding.Windows1252 && c is >= 0x80 and < 0xA0 ? Windows[c - 0x80] : (char)c;
            if (rune == 0) return false;
            written += new System.Text.Rune(rune).EncodeToUtf8(room.AsSpan(written));
        }
        text = room.AsSpan(0, written);
        return true;
    }
}
