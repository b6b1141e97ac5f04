using System.Buffers;

namespace Tributary.Core.Exports;

/// <summary>Counts the rows of CSV as it passes by in pieces, and gives each the end that was asked for; line breaks inside quotes stay.</summary>
internal sealed class CsvRows(CsvLineEnd lineEnd)
{
    private static readonly SearchValues<byte> Marks = SearchValues.Create("\"\n"u8);

    private bool isQuoted;

    /// <summary>Row ends so far, the header's included.</summary>
    public long Ends { get; private set; }

    /// <summary>Writes what becomes of a piece to <paramref name="output"/>, which must have room for twice its size; returns how much it is.</summary>
    public int Pass(ReadOnlySpan<byte> piece, Span<byte> output)
    {
        var written = 0;
        while (piece.Length > 0)
        {
            var mark = piece.IndexOfAny(Marks);
            var plain = mark < 0 ? piece.Length : mark;
            piece[..plain].CopyTo(output[written..]);
            written += plain;
            if (mark < 0) break;
            if (piece[mark] == (byte)'"') isQuoted = !isQuoted;
            else if (!isQuoted)
            {
                Ends++;
                if (lineEnd == CsvLineEnd.Crlf) output[written++] = (byte)'\r';
            }
            output[written++] = piece[mark];
            piece = piece[(mark + 1)..];
        }
        return written;
    }
}
