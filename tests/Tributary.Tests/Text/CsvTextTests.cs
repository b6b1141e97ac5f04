using FsCheck;
using FsCheck.Fluent;
using Tributary.Core.Text;

namespace Tributary.Tests.Text;

public sealed class CsvTextTests
{
    [Fact]
    public void Reads_quoted_newlines_and_knows_the_line_of_each_record()
    {
        var records = Read("id,text\r\n1,\"a\r\nb, \"\"c\"\"\"\r\n\r\n2,\r\n");
        Assert.Equal([(1, "id|text"), (2, "1|a\r\nb, \"c\""), (5, "2|")], records);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("\uFEFFa,b", "1:a|b")]
    [InlineData("a\rb\nc", "1:a 2:b 3:c")]
    [InlineData("\"\"", "1:")]
    [InlineData(",", "1:|")]
    [InlineData("a\"b,c", "1:a\"b|c")]
    [InlineData(" \"a\" ", "1: \"a\" ")]
    public void Reads(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Read(text).Select(record => $"{record.Line}:{record.Fields}")));

    [Fact]
    public void Reads_another_delimiter() =>
        Assert.Equal("a,b|c", string.Join('|', CsvText.Read("a,b;c", "a.csv", ';').Single().Fields));

    [Theory]
    [InlineData("a\n\"b\nc", "a.csv:2: TRB0116: a quote is opened here and never closed\n  → Close it, or double it (\"\") where it belongs to the text.")]
    [InlineData("a\n\"b\"c\",d", "a.csv:2: TRB0116: field text goes on after its closing quote; expected ',' or the line's end\n  → Double a quote (\"\") that belongs to the text.")]
    public void Refuses_broken_quotes(string text, string expected) =>
        Assert.Equal(expected, Assert.Throws<UserErrorException>(() => Read(text)).Message);

    [Fact]
    public void Refuses_what_does_not_end()
    {
        var endless = "\"" + new string('x', 2000);
        var error = Assert.Throws<UserErrorException>(() => CsvText.Read(endless, "a.csv", limits: new CsvLimits(FieldBytes: 1000)).ToList());
        Assert.Equal(ErrorCodes.LimitExceeded, error.Errors[0].Code);
        Assert.Throws<UserErrorException>(() => Read(new string(',', 10_001)));
    }

    [Fact]
    public void Streams() => Assert.Equal("b", CsvText.Read("a\nb\n\"broken", "a.csv").ElementAt(1).Fields[0]);

    [Fact]
    public void Reads_back_what_was_written()
    {
        var fields = Gen.Elements("", "a", ",", "\"", "\r\n", "\n", " ", "é", "\"\"", "a,b").NonEmptyListOf();
        Prop.ForAll(fields.NonEmptyListOf().ToArbitrary(), rows =>
        {
            var text = string.Join("\r\n", rows.Select(row => string.Join(',', row.Select(Quote))));
            Assert.Equal(rows, CsvText.Read(text, "a.csv").Select(record => record.Fields));
        }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));
    }

    private static string Quote(string field) => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static List<(int Line, string Fields)> Read(string text) =>
        [.. CsvText.Read(text, "a.csv").Select(record => (record.Line, string.Join('|', record.Fields)))];
}
