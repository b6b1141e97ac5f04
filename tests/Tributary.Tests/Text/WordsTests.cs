using Tributary.Core.Text;

namespace Tributary.Tests.Text;

public sealed class WordsTests
{
    [Theory]
    [InlineData("thread", "threads")]
    [InlineData("Thraeds", "threads")]
    [InlineData("default-target", "default_target")]
    [InlineData("xyz", null)]
    [InlineData("", null)]
    public void Suggests_only_what_is_close(string word, string? expected) =>
        Assert.Equal(expected, Nearest.To(word, ["name", "threads", "default_target"]));

    [Fact]
    public void Takes_the_first_by_name_of_equally_close_ones() => Assert.Equal("bat", Nearest.To("xat", ["cat", "bat"]));

    [Fact]
    public void Hints_are_short()
    {
        Assert.Equal("There are none.", Nearest.Hint("a", []));
        Assert.EndsWith("w19, … (50 in all).", Nearest.Hint("zzzzzz", [.. Enumerable.Range(0, 50).Select(i => $"w{i}")]));
    }

    [Fact]
    public void A_hostile_word_costs_little() => Assert.Null(Nearest.To(new string('x', 5_000_000), Enumerable.Repeat("name", 100)));

    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("ab", "ba", 1)]
    [InlineData("kitten", "sitting", 3)]
    public void Counts_edits(string a, string b, int expected)
    {
        Assert.Equal(expected, Nearest.Distance(a, b));
        Assert.Equal(expected, Nearest.Distance(b, a));
    }

    [Theory]
    [InlineData("0", 0L)]
    [InlineData("512", 512L)]
    [InlineData("16 MB", 16_000_000L)]
    [InlineData("16mb", 16_000_000L)]
    [InlineData("1 GiB", 1L << 30)]
    [InlineData("1.5 KB", 1500L)]
    [InlineData("7B", 7L)]
    [InlineData("-1", null)]
    [InlineData("MB", null)]
    [InlineData("1 TB", null)]
    [InlineData("99999999999 GB", null)]
    [InlineData("1,5 MB", null)]
    public void Reads_sizes(string text, long? expected) =>
        Assert.Equal(expected, ByteSize.TryParse(text, out var size) ? size.Bytes : null);

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(16_000_000, "16 MB")]
    [InlineData(1L << 30, "1 GiB")]
    [InlineData(1500, "1500 B")]
    public void Writes_sizes_so_that_they_read_back(long bytes, string expected)
    {
        Assert.Equal(expected, new ByteSize(bytes).ToString());
        Assert.True(ByteSize.TryParse(expected, out var again));
        Assert.Equal(bytes, again.Bytes);
    }

    [Fact]
    public void Redacts_longer_secrets_first_and_leaves_short_words_alone()
    {
        var redactor = new Redactor();
        foreach (var value in new[] { "secret", "secret-long", "abc" }) redactor.Learn(value);
        Assert.Equal("*** *** abc", redactor.Redact("secret-long secret abc"));
    }
}
