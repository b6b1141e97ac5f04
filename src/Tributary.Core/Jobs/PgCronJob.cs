using System.Globalization;

namespace Tributary.Core.Jobs;

/// <summary>
/// A cron line of a zone as a job of pg_cron, which counts in GMT. The distance between the two changes with the seasons, so the job starts at its
/// minutes of every hour, and does its work when the zone's own clock shows a time that is meant.
/// </summary>
public static class PgCronJob
{
    /// <summary>The call that schedules <paramref name="statement"/> under the name; by the rules that the zone has from <paramref name="today"/> on.</summary>
    public static string Text(string name, string statement, Cron cron, TimeZoneInfo zone, DateTime today)
    {
        ArgumentNullException.ThrowIfNull(cron);
        ArgumentNullException.ThrowIfNull(zone);
        var minutes = string.Join(',', MinutesOf(cron, zone, today));
        return $"""
            select cron.schedule({Literal(name)}, '{minutes} * * * *', $job$
                do $do$ begin if {Guard(cron, zone, today)} then
                    {statement};
                end if; end $do$$job$);
            """;
    }

    // Zones whose distance is no whole hour show another minute than GMT does.
    private static SortedSet<int> MinutesOf(Cron cron, TimeZoneInfo zone, DateTime today) =>
        [.. from distance in Distances(zone, today) from minute in cron.Minutes.Values select (((minute - distance) % 60) + 60) % 60];

    // Of today's rules: what the zone did a century ago is of no interest.
    private static HashSet<int> Distances(TimeZoneInfo zone, DateTime today) =>
        [zone.BaseUtcOffset.Minutes, .. zone.GetAdjustmentRules().Where(rule => rule.DateEnd >= today).Select(rule => (zone.BaseUtcOffset + rule.BaseUtcOffsetDelta + rule.DaylightDelta).Minutes)];

    private static string Guard(Cron cron, TimeZoneInfo zone, DateTime today)
    {
        var clock = $"now() at time zone {Literal(zone.Id)}";
        var says = new List<string>();
        if (Distances(zone, today).Count > 1) says.Add(Is("minute", clock, cron.Minutes));
        if (!cron.Hours.IsEvery) says.Add(Is("hour", clock, cron.Hours));
        if (!cron.Months.IsEvery) says.Add(Is("month", clock, cron.Months));
        string[] days = [.. cron.DaysOfMonth.IsEvery ? [] : new[] { Is("day", clock, cron.DaysOfMonth) }, .. cron.DaysOfWeek.IsEvery ? [] : new[] { Is("dow", clock, cron.DaysOfWeek) }];
        if (days.Length > 0) says.Add(days.Length == 1 || cron.DaysOfMonth.BeginsWithStar || cron.DaysOfWeek.BeginsWithStar ? string.Join(" and ", days) : $"({string.Join(" or ", days)})");
        return says.Count == 0 ? "true" : string.Join(" and ", says);
    }

    private static string Is(string part, string clock, CronField field) => string.Create(CultureInfo.InvariantCulture, $"extract({part} from {clock}) in ({string.Join(", ", field.Values)})");

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
