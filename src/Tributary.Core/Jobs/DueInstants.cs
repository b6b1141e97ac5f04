namespace Tributary.Core.Jobs;

/// <summary>
/// When a cron line is due by the clock of a zone (docs/jobs.md, "Daylight saving"). A time that the clock leaps over is due once, at the first
/// instant after the leap; a time that comes twice is due the first time. A line whose hour is <c>*</c> is due in every hour that
/// passes: it is not due in an hour that is left out, and again in one that is repeated.
/// </summary>
public static class DueInstants
{
    /// <summary>What was due before decides what a repeated time means, so the look begins earlier.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromDays(2);

    /// <summary>Instants after <paramref name="from"/>, up to and including <paramref name="to"/>, in order, each once.</summary>
    public static IEnumerable<DateTimeOffset> Of(Cron cron, TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset to)
    {
        ArgumentNullException.ThrowIfNull(cron);
        ArgumentNullException.ThrowIfNull(zone);
        var last = from;
        foreach (var at in Walk(cron, zone, (from - Before).UtcDateTime, to.UtcDateTime + TimeSpan.FromSeconds(1)))
        {
            var due = new DateTimeOffset(at, TimeSpan.Zero);
            if (due <= last || due > to) continue;
            yield return due;
            last = due;
        }
    }

    /// <summary>UTC, in order; an instant may come twice.</summary>
    private static IEnumerable<DateTime> Walk(Cron cron, TimeZoneInfo zone, DateTime start, DateTime end)
    {
        DateTime? shown = null; // the latest time that the clock on the wall has shown
        foreach (var stretch in ZoneStretch.Between(zone, start, end))
        {
            if (shown is { } before && before < stretch.LocalStart && Times(cron, before, stretch.LocalStart).Any(time => IsMadeUp(cron, time, stretch)))
                yield return stretch.Start;
            var repeated = shown is { } seen && seen > stretch.LocalStart ? seen - stretch.LocalStart : TimeSpan.Zero;
            var first = cron.IsHourly && repeated >= TimeSpan.FromHours(1) ? stretch.LocalStart : stretch.LocalStart + repeated;
            foreach (var time in Times(cron, first, stretch.LocalEnd)) yield return time - stretch.Offset;
            if (shown is null || shown < stretch.LocalEnd) shown = stretch.LocalEnd;
        }
    }

    /// <summary>A time that was left out is due all the same; of an hourly line only when a part of that hour did come.</summary>
    private static bool IsMadeUp(Cron cron, DateTime time, ZoneStretch after) =>
        !cron.IsHourly || (time.Date == after.LocalStart.Date && time.Hour == after.LocalStart.Hour);

    /// <summary>Times on the wall from <paramref name="from"/> on, before <paramref name="to"/>.</summary>
    private static IEnumerable<DateTime> Times(Cron cron, DateTime from, DateTime to)
    {
        for (var day = DateOnly.FromDateTime(from); day.ToDateTime(TimeOnly.MinValue) < to; day = day.AddDays(1))
        {
            foreach (var time in cron.TimesOn(day))
            {
                if (time >= from && time < to) yield return DateTime.SpecifyKind(time, DateTimeKind.Utc);
            }
        }
    }
}
