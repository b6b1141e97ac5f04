using Tributary.Core.Jobs;

namespace Tributary.Tests.Jobs;

/// <summary>Due instants against an oracle that knows only the distance of a zone from UTC at an instant, and against the written rule.</summary>
public sealed class DueInstantsTests
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("TRIBUTARY_LONG") is { Length: > 0 };

    [Theory]
    [Requirement("H8")]
    [Requirement("H9")]
    [InlineData("0 2 * * *", "America/Los_Angeles", "2026-03-07", "2026-03-07T10:00 2026-03-08T10:00 2026-03-09T09:00")] // 2:00 PST, 3:00 PDT, 2:00 PDT
    [InlineData("0 2 * * *", "America/Los_Angeles", "2027-03-13", "2027-03-13T10:00 2027-03-14T10:00 2027-03-15T09:00")]
    [InlineData("15,45 2 * * *", "America/Los_Angeles", "2026-03-08", "2026-03-08T10:00 2026-03-09T09:15 2026-03-09T09:45 2026-03-10T09:15 2026-03-10T09:45")]
    [InlineData("30 1 * * *", "America/Los_Angeles", "2026-10-31", "2026-10-31T08:30 2026-11-01T08:30 2026-11-02T09:30")] // the first of two
    [InlineData("0 0 * * *", "Asia/Beirut", "2026-03-28", "2026-03-27T22:00 2026-03-28T22:00 2026-03-29T21:00")] // midnight is left out
    [InlineData("0 2 30 12 *", "Pacific/Apia", "2011-12-29", "2011-12-30T10:00")] // a whole day is left out: at its end
    [InlineData("0 2 * * *", "UTC", "2026-03-07", "2026-03-07T02:00 2026-03-08T02:00 2026-03-09T02:00")]
    [InlineData("45 0 * * *", "Pacific/Auckland", "2026-09-26", "2026-09-25T12:45 2026-09-26T12:45 2026-09-27T11:45")]
    public void Follow_the_rule_of_daylight_saving(string line, string zoneName, string day, string expected)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneName);
        var midnight = DateTime.Parse(day);
        var start = new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).AddSeconds(-1);
        Assert.Equal(expected, Words(DueInstants.Of(Cron.Parse(line), zone, start, start.AddDays(3).AddHours(1)).Take(expected.Split(' ').Length)));
    }

    [Theory]
    [InlineData("America/Los_Angeles", "2026-03-08T08:30", "2026-03-08T09:00 2026-03-08T10:00 2026-03-08T11:00")] // 1:00, 3:00, 4:00: no hour is lost
    [InlineData("America/Los_Angeles", "2026-11-01T07:30", "2026-11-01T08:00 2026-11-01T09:00 2026-11-01T10:00")] // 1:00, 1:00 again, 2:00
    [InlineData("Australia/Lord_Howe", "2026-10-03T14:30", "2026-10-03T15:30 2026-10-03T16:00 2026-10-03T17:00")] // 2:00 to 2:30 is left out: hour 2 begins at 2:30
    public void An_hourly_line_is_due_in_every_hour_that_passes(string zoneName, string from, string expected)
    {
        var start = DateTimeOffset.Parse(from + "Z");
        Assert.Equal(expected, Words(DueInstants.Of(Cron.Parse("0 * * * *"), TimeZoneInfo.FindSystemTimeZoneById(zoneName), start, start.AddHours(4)).Take(3)));
    }

    [Fact]
    public void Two_looks_after_one_another_find_what_one_finds()
    {
        var chance = new Random(1);
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
        foreach (var line in new[] { "*/7 * * * *", "30 1-3 * * *", "0 2 * * *" })
        {
            var cron = Cron.Parse(line);
            var from = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
            var to = from.AddYears(1);
            var found = new List<DateTimeOffset>();
            for (var at = from; at < to;)
            {
                var next = at.AddMinutes(chance.Next(1, 5000));
                found.AddRange(DueInstants.Of(cron, zone, at, next < to ? next : to));
                at = next;
            }
            Assert.Equal(DueInstants.Of(cron, zone, from, to), found);
        }
    }

    /// <summary>Thirty years of every zone in <c>./test long</c>; else a year of those that change their clocks in it.</summary>
    [Fact]
    [Requirement("X5")]
    public void Daily_and_monthly_lines_are_due_once_a_day_and_once_a_month_in_every_zone()
    {
        var (from, years) = IsLong ? (2010, 30) : (2026, 1);
        foreach (var zone in Zones(from, years))
        {
            foreach (var line in new[] { "0 2 * * *", "30 1 * * *", "0 0 * * *", "30 0 1 * *" })
            {
                var cron = Cron.Parse(line);
                var start = new DateTimeOffset(from, 1, 1, 12, 0, 0, TimeSpan.Zero);
                var end = start.AddYears(years);
                var expected = Enumerable.Range(-3, (365 * years) + 12).SelectMany(day => cron.TimesOn(new DateOnly(from, 1, 1).AddDays(day)))
                    .Select(time => new DateTimeOffset(FirstAt(zone, DateTime.SpecifyKind(time, DateTimeKind.Utc)), TimeSpan.Zero)).Where(at => at > start && at <= end).Distinct().ToList();
                var found = DueInstants.Of(cron, zone, start, end).ToList();
                Assert.True(expected.SequenceEqual(found), $"{zone.Id} {line}: {Words(expected.Except(found).Take(3))} / {Words(found.Except(expected).Take(3))}");
            }
        }
    }

    /// <summary>Three years of every zone in <c>./test long</c>; else a year of those that change their clocks in it.</summary>
    [Fact]
    [Requirement("X5")]
    public void Hourly_lines_are_due_once_in_every_hour_that_passes_in_every_zone()
    {
        var (from, years) = IsLong ? (2024, 3) : (2026, 1);
        var cron = Cron.Parse("0 * * * *");
        foreach (var zone in Zones(from, years))
        {
            var start = new DateTime(from, 1, 2, 0, 0, 0, DateTimeKind.Utc);
            var end = start.AddYears(years);
            var expected = Hours(zone, start.AddDays(-1), end).Where(at => at > start && at <= end).Select(at => new DateTimeOffset(at, TimeSpan.Zero)).ToList();
            var found = DueInstants.Of(cron, zone, start, end).ToList();
            Assert.True(expected.SequenceEqual(found), $"{zone.Id}: {Words(expected.Except(found).Take(3))} / {Words(found.Except(expected).Take(3))}");
        }
    }

    /// <summary>The first instant at which the clock shows that time, or else the first after it.</summary>
    private static DateTime FirstAt(TimeZoneInfo zone, DateTime time)
    {
        var shown = Enumerable.Range(-60, 121).Select(quarter => zone.GetUtcOffset(time.AddMinutes(15 * quarter))).Distinct()
            .Select(offset => time - offset).Where(at => at + zone.GetUtcOffset(at) == time).ToList();
        if (shown.Count > 0) return shown.Min();
        var after = time.AddHours(-26);
        var step = TimeSpan.FromMinutes(1); // Gaza changed its clocks at one minute past midnight
        while (after + zone.GetUtcOffset(after) < time) after += step;
        return after;
    }

    /// <summary>Where each hour begins on the wall, as somebody would note it who looks every quarter.</summary>
    private static IEnumerable<DateTime> Hours(TimeZoneInfo zone, DateTime start, DateTime end)
    {
        var before = start + zone.GetUtcOffset(start);
        for (var at = start.AddMinutes(15); at <= end; at = at.AddMinutes(15))
        {
            var shown = at + zone.GetUtcOffset(at);
            var isNewHour = shown.Date != before.Date || shown.Hour != before.Hour;
            if (isNewHour ? shown > before || shown.Minute == 0 : shown.Minute == 0 && before > shown) yield return at;
            before = shown;
        }
    }

    private static IEnumerable<TimeZoneInfo> Zones(int from, int years)
    {
        var zones = TimeZoneInfo.GetSystemTimeZones().Where(zone => IsLong || Changes(zone, from, years)).ToList();
        Assert.True(zones.Count > 50, $"{zones.Count} zones");
        return zones;
    }

    private static bool Changes(TimeZoneInfo zone, int from, int years)
    {
        var start = new DateTime(from, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        return Enumerable.Range(0, 73 * years).Select(step => zone.GetUtcOffset(start.AddDays(5 * step))).Distinct().Count() > 1;
    }

    private static string Words(IEnumerable<DateTimeOffset> instants) => string.Join(' ', instants.Select(at => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm")));
}
