using Tributary.Core.Graph;

namespace Tributary.Core.Models.Periods;

/// <summary>Which periods a run builds, in order of time.</summary>
internal static class PeriodPlan
{
    /// <summary>
    /// A backfill asks for its range. Otherwise: those that are complete and were never published, since <c>begin</c> or the first published one, and
    /// the last <c>lookback</c> of the published ones, whose rows may have come late. A period that has not ended is never built.
    /// </summary>
    public static IReadOnlyList<Period> Of(PeriodConfig config, IReadOnlyList<PublishedPeriod> published, RunContext run, bool stands)
    {
        var last = config.Calendar.LastComplete(run.AsOf);
        if (run.Backfill is { } range) return Between(config, range.First, range.End, last);
        var first = First(config, published, last);
        // A table that is gone is made anew, all that it held.
        if (!stands || run.FullRefresh) return Between(config, first, last.EndDay, last);
        var known = published.Select(period => period.FirstDay).ToHashSet();
        var again = published.OrderByDescending(period => period.FirstDay).Take(config.Lookback).Select(period => period.FirstDay).ToHashSet();
        return [.. Between(config, first, last.EndDay, last).Where(period => !known.Contains(period.FirstDay) || again.Contains(period.FirstDay))];
    }

    private static DateOnly First(PeriodConfig config, IReadOnlyList<PublishedPeriod> published, Period last)
    {
        var first = config.Begin ?? last.FirstDay;
        return published.Count > 0 && published[0].FirstDay < first ? published[0].FirstDay : first;
    }

    /// <summary>The periods that these days lie in, up to the last one given.</summary>
    private static List<Period> Between(PeriodConfig config, DateOnly first, DateOnly end, Period last)
    {
        var periods = new List<Period>();
        for (var period = config.Calendar.Of(first); period.FirstDay < end && period.FirstDay <= last.FirstDay; period = config.Calendar.Next(period)) periods.Add(period);
        return periods;
    }
}
