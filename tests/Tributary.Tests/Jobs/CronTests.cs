using Tributary.Core.Jobs;

namespace Tributary.Tests.Jobs;

public sealed class CronTests
{
    [Theory]
    [InlineData("0 2 * * *", "2026-03-05", "02:00")]
    [InlineData("*/20 6-8/2 * * *", "2026-03-05", "06:00 06:20 06:40 08:00 08:20 08:40")]
    [InlineData("5,50 0 5 mar thu", "2026-03-05", "00:05 00:50")]
    [InlineData("0 0 * * 7", "2026-03-08", "00:00")]
    [InlineData("0 0 * * 1-5", "2026-03-08", "")]
    [InlineData("0 0 29 2 *", "2028-02-29", "00:00")]
    [InlineData("0 0 8 * mon", "2026-03-08", "00:00")] // either day is enough
    [InlineData("0 0 9 * mon", "2026-03-09", "00:00")]
    [InlineData("0 0 */2 * mon", "2026-03-09", "00:00")] // with a star both must fit
    [InlineData("0 0 */2 * mon", "2026-03-16", "")]
    public void Means_the_times_that_crontab_means(string line, string day, string times) =>
        Assert.Equal(times, string.Join(' ', Cron.Parse(line).TimesOn(DateOnly.Parse(day)).Select(time => time.ToString("HH:mm"))));

    [Theory]
    [InlineData("0 2 * *", "five")]
    [InlineData("0 0 2 * * *", "five")]
    [InlineData("@daily", "five fields")]
    [InlineData("60 * * * *", "minute '60'")]
    [InlineData("0 24 * * *", "hour '24'")]
    [InlineData("0 0 0 * *", "day of month '0'")]
    [InlineData("0 0 * 13 *", "month '13'")]
    [InlineData("0 0 * * 8", "day of week '8'")]
    [InlineData("5-1 * * * *", "minute '5-1'")]
    [InlineData("*/0 * * * *", "minute '*/0'")]
    [InlineData("5/10 * * * *", "5-59/10")]
    [InlineData("1,,2 * * * *", "minute ''")]
    [InlineData("-1 * * * *", "minute '-1'")]
    [InlineData("0 0 * mars *", "month 'mars'")]
    [InlineData("0 0 30 2 *", "no day")]
    [InlineData("", "0 fields")]
    public void Says_what_is_wrong(string line, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => Cron.Parse(line)).Message, StringComparison.Ordinal);

    [Fact]
    public void Says_nothing_but_that_a_line_is_wrong_whatever_it_holds()
    {
        var chance = new Random(20260308);
        const string letters = "0123456789*/,- \tjanmonfriL#?@W";
        for (var i = 0; i < 20_000; i++)
        {
            var line = new string([.. Enumerable.Range(0, chance.Next(20)).Select(_ => letters[chance.Next(letters.Length)])]);
            try
            {
                Assert.NotEmpty(Enumerable.Range(0, 40 * 366).SelectMany(day => Cron.Parse(line).TimesOn(new DateOnly(2000, 1, 1).AddDays(day))).Take(1));
            }
            catch (FormatException)
            {
                // It was said.
            }
        }
    }
}
