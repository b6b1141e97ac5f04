using System.Text;
using System.Text.Json;
using Tributary.Core.Ingest.Formats;

namespace Tributary.Tests.Ingest;

public sealed class JsonObjectReaderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"results":[{"a":1},{"b":{"c":[{}]}}],"last_seq":"9","pending":0}""", true)]
    [InlineData(""" { "results" : [ {"a":1} , {"b":{"c":[{}]}} ] , "last_seq" : "9" , "pending" : 0 } """, true)]
    [InlineData("""{"a":1}{"b":{"c":[{}]}}""", false)]
    [InlineData("\n\n{\"a\":1}\n\n{\"b\":{\"c\":[{}]}}\n", false)]
    public async Task Objects_of_a_frame_and_of_a_sequence_are_cut_wherever_the_bytes_break(string text, bool isFramed)
    {
        for (var piece = 1; piece < text.Length + 1; piece++)
        {
            using var reader = new JsonObjectReader(new SlowStream(Encoding.UTF8.GetBytes(text), piece), 1000, "\"results\""u8.ToArray());

            Assert.Equal(["""{"a":1}""", """{"b":{"c":[{}]}}"""], await ReadAsync(reader));

            Assert.Equal((true, isFramed, 2L), (reader.IsComplete, reader.IsFramed, reader.Objects));
            if (isFramed) Assert.Equal("9", JsonDocument.Parse(reader.Frame).RootElement.GetProperty("last_seq").GetString());
        }
    }

    [Fact]
    public async Task Braces_and_quotes_in_texts_mean_nothing()
    {
        const string row = """{"a":"}]\"{\\","b":"\\\\\"["}""";
        for (var piece = 1; piece < 20; piece++)
        {
            using var reader = new JsonObjectReader(new SlowStream(Encoding.UTF8.GetBytes($"{{\"rows\":[{row},{row}]}}"), piece), 1000, default);
            Assert.Equal([row, row], await ReadAsync(reader));
            Assert.True(reader.IsComplete);
        }
    }

    [Theory]
    [InlineData("""{"results":[{"a":1}""")]
    [InlineData("""{"results":[{"a":1},{"b":"x""")]
    [InlineData("""{"results":[{"a":1}],"last_seq":"9" """)]
    [InlineData("")]
    public async Task What_is_cut_off_is_not_whole(string text)
    {
        using var reader = new JsonObjectReader(new SlowStream(Encoding.UTF8.GetBytes(text), 7), 1000, default);
        await ReadAsync(reader);
        Assert.False(reader.IsComplete);
    }

    [Fact]
    public async Task An_object_over_the_limit_is_passed_with_its_first_part_even_when_it_is_one_text()
    {
        var large = $"{{\"id\":\"x\",\"doc\":\"{new string('x', 5_000_000)}\"}}";
        using var reader = new JsonObjectReader(new SlowStream(Encoding.UTF8.GetBytes($"{{\"results\":[{{\"a\":1}},{large},{{\"b\":2}}]}}"), 60_000), 2_000_000, default);
        var seen = new List<(long Length, int Held, bool IsOverSize)>();
        do
        {
            while (reader.TryRead(out var row)) seen.Add((row.Length, row.Bytes.Length, row.IsOverSize));
        }
        while (await reader.FillAsync(Cancel));

        Assert.Equal([(7, 7, false), (large.Length, 1 << 20, true), (7, 7, false)], seen);
        Assert.True(reader.IsComplete);
    }

    [Theory]
    [InlineData("""{"a":1,"b":{"x":1},"c":[2]}""", "b", """{"a":1,"c":[2]}""")]
    [InlineData("""{ "b" : "x\"}" , "a" : 1.50 }""", "b", """{"a" : 1.50}""")]
    [InlineData("""{"b":1}""", "b", "{}")]
    [InlineData("""{"\u0062":1,"a":{"b":2}}""", "b", """{"a":{"b":2}}""")]
    public void Keys_are_cut_and_the_rest_stays_letter_by_letter(string document, string key, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(JsonText.Without(Encoding.UTF8.GetBytes(document), [key])));

    [Theory]
    [InlineData("""{"a":"x\u0000y\u0000"}""", """{"a":"xy"}""", 2)]
    [InlineData("""{"a":"\\u0000 \\\u0000"}""", """{"a":"\\u0000 \\"}""", 1)]
    [InlineData("""{"a":"u0000"}""", """{"a":"u0000"}""", 0)]
    public void NUL_characters_are_cut_and_counted(string document, string expected, int removed)
    {
        var (clean, count) = JsonText.WithoutNul(Encoding.UTF8.GetBytes(document));
        Assert.Equal((expected, removed), (Encoding.UTF8.GetString(clean), count));
    }

    private static async Task<List<string>> ReadAsync(JsonObjectReader reader)
    {
        var found = new List<string>();
        do
        {
            while (reader.TryRead(out var row)) found.Add(Encoding.UTF8.GetString(row.Bytes.Span));
        }
        while (await reader.FillAsync(Cancel));
        return found;
    }
}
