using System.Security.Cryptography;
using System.Text;
using Tributary.Core.Ingest.Formats;

namespace Tributary.Tests.Ingest;

public sealed class LineReaderTests
{
    [Fact]
    public async Task Lines_carry_their_number_and_offset_whatever_the_size_of_reads()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var lines = Enumerable.Range(0, random.Next(20)).Select(_ => new string('x', random.Next(12))).ToList();
            var text = string.Join('\n', lines) + (random.Next(2) == 0 ? "\n" : "");
            var bytes = Encoding.UTF8.GetBytes(text);

            var (found, reader) = await ReadAsync(bytes, random.Next(1, 9), 1000);

            var expected = text.Length == 0 ? [] : text.EndsWith('\n') ? text[..^1].Split('\n') : text.Split('\n');
            Assert.Equal(expected, found.Select(line => Encoding.UTF8.GetString(bytes, (int)line.Offset, (int)line.Length)));
            Assert.Equal(Enumerable.Range(1, found.Count).Select(i => (long)i), found.Select(line => line.Number));
            Assert.Equal(bytes.Length, reader.Offset);
            Assert.Equal(SHA256.HashData(bytes), reader.HashSoFar());
        }
    }

    [Fact]
    public async Task A_line_over_the_limit_keeps_its_first_part_and_its_whole_length()
    {
        var bytes = Encoding.UTF8.GetBytes("ok\n" + new string('y', 5_000_000) + "\nalso ok\n" + new string('z', 900));

        var (lines, _) = await ReadAsync(bytes, 100_000, 500);

        Assert.Equal([false, true, false, true], lines.Select(line => line.IsOverSize));
        Assert.Equal([2, 5_000_000, 7, 900], lines.Select(line => line.Length));
        Assert.Equal([0, 3, 5_000_004, 5_000_012], lines.Select(line => line.Offset));
        Assert.Equal(900, lines[3].Bytes.Length);
        Assert.InRange(lines[1].Bytes.Length, 1 << 20, 1 << 20);
    }

    [Fact]
    public async Task Skipping_stands_where_reading_stood()
    {
        var bytes = Encoding.UTF8.GetBytes("one\ntwo\nthree\n");
        using var first = new LineReader(new MemoryStream(bytes), 100);
        await first.FillAsync(TestContext.Current.CancellationToken);
        first.TryRead(out _);

        using var second = new LineReader(new MemoryStream(bytes), 100);

        Assert.True(await second.SkipAsync(first.Offset, first.Lines, TestContext.Current.CancellationToken));
        Assert.Equal(first.HashSoFar(), second.HashSoFar());
        Assert.True(second.TryRead(out var line));
        Assert.Equal((2, 4, "two"), (line.Number, line.Offset, Encoding.UTF8.GetString(line.Bytes.Span)));
        Assert.False(await second.SkipAsync(1000, 0, TestContext.Current.CancellationToken));
    }

    private static async Task<(List<Line> Lines, LineReader Reader)> ReadAsync(byte[] bytes, int step, int limit)
    {
        var reader = new LineReader(new SlowStream(bytes, step), limit);
        var lines = new List<Line>();
        do
        {
            while (reader.TryRead(out var line)) lines.Add(line with { Bytes = line.Bytes.ToArray() });
        }
        while (await reader.FillAsync(TestContext.Current.CancellationToken));
        return (lines, reader);
    }
}
