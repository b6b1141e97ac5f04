using Tributary.Core.Jobs;

namespace Tributary.Tests.Jobs;

[Requirement("K66")]
public sealed class PgCronJobTests
{
    [Theory]
    [InlineData("45 0 * * *", "Pacific/Auckland", "'45 * * * *'", "if extract(hour from now() at time zone 'Pacific/Auckland') in (0) then")]
    [InlineData("5 1 * * 1-5", "Pacific/Auckland", "'5 * * * *'", "in (1) and extract(dow from now() at time zone 'Pacific/Auckland') in (1, 2, 3, 4, 5) then")]
    [InlineData("45 0 * * *", "Asia/Kolkata", "'15 * * * *'", "if extract(hour from now() at time zone 'Asia/Kolkata') in (0) then")]
    [InlineData("0 6 1 * 1", "UTC", "'0 * * * *'", "in (6) and (extract(day from now() at time zone 'UTC') in (1) or extract(dow from now() at time zone 'UTC') in (1)) then")]
    [InlineData("*/20 * * * *", "UTC", "'0,20,40 * * * *'", "if true then")]
    public void A_line_of_a_zone_becomes_minutes_of_every_hour_and_a_look_at_the_zones_clock(string line, string zone, string schedule, string guard)
    {
        var text = PgCronJob.Text("refresh it's", "refresh materialized view v", Cron.Parse(line), TimeZoneInfo.FindSystemTimeZoneById(zone), new DateTime(2026, 3, 1));

        Assert.StartsWith($"select cron.schedule('refresh it''s', {schedule}, $job$", text, StringComparison.Ordinal);
        Assert.Contains(guard, text, StringComparison.Ordinal);
        Assert.Contains("        refresh materialized view v;", text, StringComparison.Ordinal);
    }
}
