using Tributary.Core.Ingest.Drops;

namespace Tributary.Tests.Ingest.Drops;

[Requirement("K19")]
public sealed class DropRulesTests
{
    // 06:00 in Auckland is 17:00 UTC of the day before, in summer.
    [Theory]
    [InlineData("2026-03-02T11:05:00Z", "2026-03-03T16:59:00Z", null)]
    [InlineData("2026-03-02T11:05:00Z", "2026-03-03T17:00:00Z", "2026-03-04")]
    [InlineData("2026-03-03T11:05:00Z", "2026-03-03T17:00:00Z", null)]
    [InlineData(null, "2026-03-03T16:59:00Z", "2026-03-03")]
    public void A_drop_is_overdue_from_its_hour_on(string? newest, string now, string? day)
    {
        var rules = new DropRules(Zone: "Pacific/Auckland", ExpectedBy: "06:00");

        var overdue = rules.Overdue(newest is null ? null : DateTimeOffset.Parse(newest, System.Globalization.CultureInfo.InvariantCulture), DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(day is null ? null : DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), overdue);
        Assert.Null(new DropRules().Overdue(null, DateTimeOffset.MaxValue));
    }
}
