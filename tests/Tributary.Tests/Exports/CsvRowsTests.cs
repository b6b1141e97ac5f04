using System.Text;
using Tributary.Core.Exports;

namespace Tributary.Tests.Exports;

public sealed class CsvRowsTests
{
    private const string Text = "a,b\n1,\"x\ny\"\n2,\"say \"\"hi\"\"\n\"\n";

    [Fact]
    public void Rows_end_as_rfc_4180_says_and_line_breaks_inside_quotes_stay()
    {
        var (output, ends) = Pass(Text, CsvLineEnd.Crlf, Text.Length);
        Assert.Equal("a,b\r\n1,\"x\ny\"\r\n2,\"say \"\"hi\"\"\n\"\r\n", output);
        Assert.Equal(3, ends);
    }

    [Fact]
    public void Rows_may_end_in_lf() => Assert.Equal((Text, 3L), Pass(Text, CsvLineEnd.Lf, Text.Length));

    [Fact]
    public void Pieces_of_any_size_give_the_same()
    {
        var whole = Pass(Text, CsvLineEnd.Crlf, Text.Length);
        for (var size = 1; size < Text.Length; size++) Assert.Equal(whole, Pass(Text, CsvLineEnd.Crlf, size));
    }

    private static (string Output, long Ends) Pass(string text, CsvLineEnd lineEnd, int size)
    {
        var rows = new CsvRows(lineEnd);
        var result = new List<byte>();
        foreach (var piece in Encoding.UTF8.GetBytes(text).Chunk(size))
        {
            var output = new byte[piece.Length * 2];
            result.AddRange(output[..rows.Pass(piece, output)]);
        }
        return (Encoding.UTF8.GetString([.. result]), rows.Ends);
    }
}
