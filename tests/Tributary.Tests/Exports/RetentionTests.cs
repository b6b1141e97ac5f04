using Tributary.Core.Exports;

namespace Tributary.Tests.Exports;

public sealed class RetentionTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("90 days", 90, null)]
    [InlineData("1 day", 1, null)]
    [InlineData("10 newest", null, 10)]
    public void Reads_days_and_numbers(string text, int? days, int? newest) => Assert.Equal(new Retention(days, newest), Retention.Parse(text));

    [Theory]
    [InlineData("0 days")]
    [InlineData("-1 days")]
    [InlineData("90")]
    [InlineData("90 weeks")]
    [InlineData("newest")]
    [InlineData("999999 days")]
    [InlineData("")]
    public void Anything_else_is_none(string text) => Assert.Null(Retention.Parse(text));

    [Fact]
    [Requirement("E46")]
    public void The_newest_stays_however_old_it_is()
    {
        var deliveries = new[] { 40, 50, 60 }.Select(Delivered).ToList();
        Assert.Equal(["50", "60"], new Retention(45, null).Expired(deliveries, Now).Select(delivery => delivery.Name));
        Assert.Equal(["50", "60"], new Retention(1, null).Expired(deliveries, Now).Select(delivery => delivery.Name));
        Assert.Equal(["60"], new Retention(null, 2).Expired(deliveries, Now).Select(delivery => delivery.Name));
        Assert.Empty(new Retention(null, 3).Expired(deliveries, Now));
    }

    private static Delivery Delivered(int daysAgo) => new(
        "run", "pii", "pii", "local", $"{daysAgo}", 1, "00", 1, "f", new Manifest(1, "p", "p", "t", "pii", "pii", Now, null, []), Now, Now.AddDays(-daysAgo));
}
