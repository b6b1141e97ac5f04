using Tributary.Core.Exports;

namespace Tributary.Tests.Exports;

public sealed class FilePatternTests
{
    private const string Engage = "{yyyy}/{MM}/{dd}/engage_analytics_export_{track}_{yyyyMMdd_HHmmss}.zip";

    [Fact]
    [Requirement("E42")]
    [Requirement("E45")]
    public void Names_the_file_in_utc_of_the_as_of_instant()
    {
        var asOf = new DateTimeOffset(2025, 12, 31, 19, 5, 9, TimeSpan.FromHours(-5));
        Assert.Null(FilePattern.Find(Engage));
        Assert.Equal(
            "2026/01/01/engage_analytics_export_anon_20260101_000509.zip",
            FilePattern.Render(Engage, asOf, new Dictionary<string, string> { ["track"] = "anon" }));
    }

    [Theory]
    [InlineData("a.csv")]
    [InlineData("/etc/x.zip")]
    [InlineData("../x.zip")]
    [InlineData("a/../x.zip")]
    [InlineData("a//x.zip")]
    [InlineData("a/.hidden.zip")]
    [InlineData("a\\b.zip")]
    [InlineData("{trakc}.zip")]
    [InlineData("{}.zip")]
    [InlineData("x y.zip")]
    public void Refuses_what_could_leave_the_destination_or_is_no_placeholder(string pattern) => Assert.NotNull(FilePattern.Find(pattern));

    [Fact]
    public void A_single_letter_is_that_part_of_the_date() =>
        Assert.Equal("5-9.zip", FilePattern.Render("{d}-{H}.zip", new DateTimeOffset(2025, 1, 5, 9, 0, 0, TimeSpan.Zero), new Dictionary<string, string>()));

    [Fact]
    public void A_name_cannot_add_a_folder() =>
        Assert.Equal("___etc.zip", FilePattern.Render("{project}.zip", default, new Dictionary<string, string> { ["project"] = "../etc" }));

    [Fact]
    public void A_taken_name_gets_a_number() => Assert.Equal("a/b_2.zip", FilePattern.Numbered("a/b.zip", 2));
}
