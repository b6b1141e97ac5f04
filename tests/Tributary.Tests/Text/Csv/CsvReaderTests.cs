using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Tributary.Core.Text;
using Tributary.Core.Text.Csv;

namespace Tributary.Tests.Text.Csv;

public sealed class CsvReaderTests
{
    private static readonly CsvLimits Small = new(FieldBytes: 100, RecordBytes: 200, Fields: 5);

    [Theory]
    [Requirement("K21")]
    [InlineData("", "")]
    [InlineData("a,b", "1@0 a|b")]
    [InlineData("\uFEFFa,b\n1,2", "1@3 a|b; 2@7 1|2")]
    [InlineData("a\r\nb\nc\rd", "1@0 a; 2@3 b; 3@5 c; 4@7 d")]
    [InlineData("\n\r\n\na\n\n", "4@4 a")]
    [InlineData("\"x\r\ny\",1\nz,2", "1@0 x\r\ny|1; 3@9 z|2")]
    [InlineData("\"a \"\"b\"\"\",c", "1@0 a \"b\"|c")]
    [InlineData("\"\",", "1@0 |")]
    [InlineData("a\"b,c", "1@0 a\"b|c")]
    [InlineData(" \"a\" ,b", "1@0  \"a\" |b")]
    [InlineData("\"a\"", "1@0 a")]
    [InlineData("\"\"\"\\hello\"\"\\\"", "1@0 \"\\hello\"\\")]
    [InlineData("mā,ō\nū,x", "1@0 mā|ō; 2@7 ū|x")]
    [InlineData("a,b,c,d,e,f\ng", "1@0 TooManyFields 12 [a,b,c,d,e,f]; 2@12 g")]
    [InlineData("1,\"say \"x\" now\",2\n3,4,5", "1@0 StrayQuote 1|say \"x\" now|2; 2@18 3|4|5")]
    [InlineData("1,\"open,x\n2,\"b\",y\n", "1@0 UnclosedQuote 10 [1,\"open,x]; 2@10 2|b|y")]
    [InlineData("1,\"open,x\n2,b,y\n3,c,z\n", "1@0 UnclosedQuote 10 [1,\"open,x]; 2@10 2|b|y; 3@16 3|c|z")]
    [InlineData("1,2,\"open\n", "1@0 UnclosedQuote 10 [1,2,\"open]")]
    [InlineData("1,\"open,x\n2,b,\"\n3,c,z\n", "1@0 UnclosedQuote 16 [1,\"open,x\n2,b,\"]; 3@16 3|c|z")]
    [InlineData("1,\"open\nstill\n2,b,y\n", "1@0 UnclosedQuote 14 [1,\"open\nstill]; 3@14 2|b|y")]
    public void Reads(string text, string expected)
    {
        foreach (var at in new[] { 1, 2, 3, 7, 1000 }) Assert.Equal(expected, Seen(text, Small, width: expected.Contains('@') && text.Contains("open") ? 3 : 0, at));
    }

    [Fact]
    [Requirement("K21")]
    public void A_quote_that_never_closes_costs_its_lines_and_no_more()
    {
        var text = new StringBuilder("1,\"never closed\n");
        for (var i = 2; i < 1000; i++) text.Append($"{i},fine\n");

        var seen = Seen(text.ToString(), Small, width: 2).Split("; ");

        Assert.Equal("1@0 UnclosedQuote 16 [1,\"never closed]", seen[0]);
        Assert.Equal(999, seen.Length);
        Assert.Equal("2@16 2|fine", seen[1]);
    }

    [Fact]
    [Requirement("K21")]
    public void A_field_over_the_limit_is_one_bad_stretch_and_is_not_held()
    {
        var text = $"a,b\n1,{new string('x', 5_000_000)}\n2,y\n";

        Assert.Equal("1@0 a|b; 2@4 OverSize 5000003; 3@5000007 2|y", string.Join("; ", Seen(text, Small, 2, 1 << 20).Split("; ").Select(one => one.Split(" [")[0])));
    }

    [Fact]
    public void Whatever_was_written_is_read_back_in_any_pieces()
    {
        var fields = Gen.Elements("", "a", ",", "\"", "\r\n", "\n", "\r", " ", "é", "\"\"", "a,b", "0123456789012345678901234567890123456789").NonEmptyListOf();
        var cases = from rows in fields.NonEmptyListOf() from piece in Gen.Choose(1, 70) select (rows, piece);
        Prop.ForAll(cases.ToArbitrary(), one =>
        {
            var text = string.Join("\r\n", one.rows.Select(row => string.Join(',', row.Select(field => $"\"{field.Replace("\"", "\"\"")}\""))));
            Assert.Equal(one.rows.Select(row => string.Join('|', row)), Rows(text, one.piece));
        }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));
    }

    [Fact]
    [Requirement("K21")]
    public void Any_bytes_are_accounted_for_to_the_last()
    {
        var random = new Random(5);
        var alphabet = "ab,\"\n\r"u8.ToArray();
        for (var round = 0; round < 3000; round++)
        {
            var bytes = new byte[random.Next(120)];
            for (var i = 0; i < bytes.Length; i++) bytes[i] = alphabet[random.Next(alphabet.Length)];
            var (end, lines) = (0L, 0L);
            using var reader = new CsvReader(new Pieces(bytes, random.Next(1, 40)), CsvDialect.Default, Small) { Width = random.Next(4) };
            do
            {
                while (reader.TryRead())
                {
                    Assert.True(bytes.AsSpan((int)end, (int)(reader.RecordOffset - end)).IndexOfAnyExcept((byte)'\r', (byte)'\n') < 0);
                    Assert.True(reader.RecordLine > lines);
                    Assert.Equal(bytes.AsSpan((int)reader.RecordOffset, reader.Record.Length), reader.Record.Span);
                    (end, lines) = (reader.RecordOffset + reader.RecordLength, reader.RecordLine);
                }
            }
            while (reader.Fill());
            Assert.True(bytes.AsSpan((int)end).IndexOfAnyExcept((byte)'\r', (byte)'\n') < 0);
            Assert.Equal(bytes.Length, reader.Offset);
        }
    }

    private static IEnumerable<string> Rows(string text, int piece)
    {
        using var reader = new CsvReader(new Pieces(Encoding.UTF8.GetBytes(text), piece), CsvDialect.Default, CsvLimits.Default);
        do
        {
            while (reader.TryRead()) yield return Text(reader);
        }
        while (reader.Fill());
    }

    private static string Seen(string text, CsvLimits limits, int width, int piece = 13)
    {
        var seen = new List<string>();
        using var reader = new CsvReader(new Pieces(Encoding.UTF8.GetBytes(text), piece), CsvDialect.Default, limits) { Width = width };
        do
        {
            while (reader.TryRead())
            {
                var what = reader.Fault == CsvFault.None ? Text(reader)
                    : reader.Fields > 0 ? $"{reader.Fault} {Text(reader)}" : $"{reader.Fault} {reader.RecordLength} [{Encoding.UTF8.GetString(reader.Record.Span)}]";
                seen.Add($"{reader.RecordLine}@{reader.RecordOffset} {what}");
            }
        }
        while (reader.Fill());
        return string.Join("; ", seen);
    }

    private static string Text(CsvReader reader)
    {
        var fields = new string[reader.Fields];
        for (var i = 0; i < fields.Length; i++) fields[i] = Encoding.UTF8.GetString(reader.Field(i));
        return string.Join('|', fields);
    }

    /// <summary>Gives at most so many bytes at a time.</summary>
    private sealed class Pieces(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, most)]);
    }
}
