using Tributary.Core.Graph;

namespace Tributary.Tests.Graph;

/// <summary>The bounds of periods, by a table of cases: zones, leap years, clocks that change at midnight, Saturdays.</summary>
[Requirement("M22", "M23", "X5")]
public sealed class PeriodCalendarTests
{
    [Theory]
    // Months: leap years, the turn of the year, the 1st that is a Saturday, summer time in the middle.
    [InlineData("month", "UTC", "2024-02-29", "2024-02", "2024-02-01T00:00Z", "2024-03-01T00:00Z")]
    [InlineData("month", "UTC", "2023-02-28", "2023-02", "2023-02-01T00:00Z", "2023-03-01T00:00Z")]
    [InlineData("month", "UTC", "2000-02-29", "2000-02", "2000-02-01T00:00Z", "2000-03-01T00:00Z")]
    [InlineData("month", "UTC", "2100-02-28", "2100-02", "2100-02-01T00:00Z", "2100-03-01T00:00Z")]
    [InlineData("month", "UTC", "2023-12-31", "2023-12", "2023-12-01T00:00Z", "2024-01-01T00:00Z")]
    [InlineData("month", "UTC", "2024-06-01", "2024-06", "2024-06-01T00:00Z", "2024-07-01T00:00Z")]
    [InlineData("month", "Europe/Dublin", "2024-03-31", "2024-03", "2024-03-01T00:00Z", "2024-03-31T23:00Z")]
    [InlineData("month", "Europe/Dublin", "2024-10-01", "2024-10", "2024-09-30T23:00Z", "2024-11-01T00:00Z")]
    [InlineData("month", "America/New_York", "2024-11-30", "2024-11", "2024-11-01T04:00Z", "2024-12-01T05:00Z")]
    [InlineData("month", "Pacific/Auckland", "2024-04-01", "2024-04", "2024-03-31T11:00Z", "2024-04-30T12:00Z")]
    [InlineData("month", "Asia/Kolkata", "2024-02-10", "2024-02", "2024-01-31T18:30Z", "2024-02-29T18:30Z")]
    [InlineData("month", "Pacific/Kiritimati", "2024-01-01", "2024-01", "2023-12-31T10:00Z", "2024-01-31T10:00Z")]
    // Quarters begin on the 1st of January, April, July, October.
    [InlineData("quarter", "UTC", "2024-03-31", "2024-Q1", "2024-01-01T00:00Z", "2024-04-01T00:00Z")]
    [InlineData("quarter", "UTC", "2024-04-01", "2024-Q2", "2024-04-01T00:00Z", "2024-07-01T00:00Z")]
    [InlineData("quarter", "UTC", "2024-09-30", "2024-Q3", "2024-07-01T00:00Z", "2024-10-01T00:00Z")]
    [InlineData("quarter", "UTC", "2024-12-31", "2024-Q4", "2024-10-01T00:00Z", "2025-01-01T00:00Z")]
    [InlineData("quarter", "Europe/Dublin", "2024-04-01", "2024-Q2", "2024-03-31T23:00Z", "2024-06-30T23:00Z")]
    [InlineData("quarter", "Australia/Sydney", "2024-10-06", "2024-Q4", "2024-09-30T14:00Z", "2024-12-31T13:00Z")]
    [InlineData("quarter", "America/Los_Angeles", "2023-01-01", "2023-Q1", "2023-01-01T08:00Z", "2023-04-01T07:00Z")]
    // Weeks from Monday, and from Saturday; across a year and a leap day; a week of 167 and one of 169 hours.
    [InlineData("week", "UTC", "2024-06-01", "2024-05-27", "2024-05-27T00:00Z", "2024-06-03T00:00Z")]
    [InlineData("week", "UTC", "2024-12-31", "2024-12-30", "2024-12-30T00:00Z", "2025-01-06T00:00Z")]
    [InlineData("week:saturday", "UTC", "2024-06-01", "2024-06-01", "2024-06-01T00:00Z", "2024-06-08T00:00Z")]
    [InlineData("week:saturday", "UTC", "2024-05-31", "2024-05-25", "2024-05-25T00:00Z", "2024-06-01T00:00Z")]
    [InlineData("week:saturday", "UTC", "2024-03-01", "2024-02-24", "2024-02-24T00:00Z", "2024-03-02T00:00Z")]
    [InlineData("week:sunday", "UTC", "2024-02-29", "2024-02-25", "2024-02-25T00:00Z", "2024-03-03T00:00Z")]
    [InlineData("week", "Europe/Berlin", "2024-03-31", "2024-03-25", "2024-03-24T23:00Z", "2024-03-31T22:00Z")]
    [InlineData("week", "Europe/Berlin", "2024-10-27", "2024-10-21", "2024-10-20T22:00Z", "2024-10-27T23:00Z")]
    // Days whose midnight is left out, comes twice, or that do not exist.
    [InlineData("day", "Africa/Cairo", "2024-04-26", "2024-04-26", "2024-04-25T22:00Z", "2024-04-26T21:00Z")]
    [InlineData("day", "Asia/Beirut", "2024-03-31", "2024-03-31", "2024-03-30T22:00Z", "2024-03-31T21:00Z")]
    [InlineData("day", "America/Havana", "2024-11-03", "2024-11-03", "2024-11-03T04:00Z", "2024-11-04T05:00Z")]
    [InlineData("day", "America/Santiago", "2024-09-08", "2024-09-08", "2024-09-08T04:00Z", "2024-09-09T03:00Z")]
    [InlineData("day", "Pacific/Apia", "2011-12-29", "2011-12-29", "2011-12-29T10:00Z", "2011-12-30T10:00Z")]
    [InlineData("day", "Pacific/Apia", "2011-12-30", "2011-12-30", "2011-12-30T10:00Z", "2011-12-30T10:00Z")]
    public void A_period_has_these_bounds(string size, string zone, string day, string label, string start, string end)
    {
        var period = Calendar(size, zone).Of(Day(day));
        Assert.Equal((label, start, end), (period.Label, Text(period.Start), Text(period.End)));
    }

    [Theory]
    [InlineData("month", "UTC", "2024-01-01T00:00Z", "2023-12")]
    [InlineData("month", "UTC", "2024-01-31T23:59Z", "2023-12")]
    [InlineData("month", "Europe/Dublin", "2024-03-31T22:59Z", "2024-02")]
    [InlineData("month", "Europe/Dublin", "2024-03-31T23:00Z", "2024-03")]
    [InlineData("month", "Pacific/Auckland", "2024-03-31T11:00Z", "2024-03")]
    [InlineData("quarter", "UTC", "2024-01-01T00:00Z", "2023-Q4")]
    [InlineData("quarter", "UTC", "2024-03-31T23:59Z", "2023-Q4")]
    [InlineData("week:saturday", "UTC", "2024-06-01T00:00Z", "2024-05-25")]
    [InlineData("week:saturday", "UTC", "2024-05-31T23:59Z", "2024-05-18")]
    [InlineData("day", "America/New_York", "2024-03-01T04:59Z", "2024-02-28")]
    [InlineData("day", "America/New_York", "2024-03-01T05:00Z", "2024-02-29")]
    public void The_last_that_has_ended(string size, string zone, string now, string label) => Assert.Equal(label, Calendar(size, zone).LastComplete(DateTimeOffset.Parse(now, null)).Label);

    [Theory]
    [InlineData("month", "America/New_York")]
    [InlineData("quarter", "Australia/Lord_Howe")]
    [InlineData("week:saturday", "Africa/Cairo")]
    [InlineData("day", "America/Havana")]
    [InlineData("day", "Pacific/Apia")]
    [InlineData("day", "Antarctica/Troll")]
    public void Periods_touch_and_never_overlap_and_an_instant_lies_in_one(string size, string zone)
    {
        var calendar = Calendar(size, zone);
        var period = calendar.Of(new DateOnly(2010, 12, 31));
        for (var i = 0; i < 800; i++)
        {
            var next = calendar.Next(period);
            Assert.Equal((period.EndDay, period.End), (next.FirstDay, next.Start));
            Assert.Equal(period, calendar.Before(next));
            if (next.End > next.Start)
            {
                Assert.Equal(next, calendar.At(next.Start));
                Assert.Equal(next, calendar.At(next.End.AddSeconds(-1)));
            }
            period = next;
        }
    }

    [Theory]
    [InlineData("2024", "2024-01-01", "2025-01-01")]
    [InlineData("2024-Q4", "2024-10-01", "2025-01-01")]
    [InlineData("2024-02", "2024-02-01", "2024-03-01")]
    [InlineData("2024-02-29", "2024-02-29", "2024-03-01")]
    [InlineData("2023-02-29", null, null)]
    [InlineData("2024-13", null, null)]
    [InlineData("2024-Q5", null, null)]
    [InlineData("24-01", null, null)]
    [InlineData("2024-1", null, null)]
    [InlineData("9999", null, null)]
    [InlineData("", null, null)]
    public void People_write_stretches_of_days(string text, string? first, string? end)
    {
        var range = PeriodText.Parse(text);
        Assert.Equal((first, end), (range?.First.ToString("yyyy-MM-dd"), range?.End.ToString("yyyy-MM-dd")));
    }

    private static PeriodCalendar Calendar(string size, string zone)
    {
        var parts = size.Split(':');
        return new PeriodCalendar(Enum.Parse<PeriodSize>(parts[0], ignoreCase: true), TimeZoneInfo.FindSystemTimeZoneById(zone), parts.Length > 1 ? Enum.Parse<DayOfWeek>(parts[1], ignoreCase: true) : DayOfWeek.Monday);
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd");

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'");
}
