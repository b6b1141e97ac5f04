using System.Globalization;

namespace Tributary.Core.Graph;

/// <summary>
/// The periods of one length in one zone. A period begins with the first instant of its first day there, whatever the clocks do at that
/// midnight, so that periods touch and never overlap.
/// </summary>
public sealed record PeriodCalendar(PeriodSize Size, TimeZoneInfo Zone, DayOfWeek WeekStart = DayOfWeek.Monday)
{
    /// <summary>Zones lie within 15 hours of UTC.</summary>
    private const int FarthestHours = 15;

    /// <summary>The period that a day belongs to.</summary>
    public Period Of(DateOnly day)
    {
        var first = FirstDayOf(day);
        var end = After(first);
        return new Period(first, end, FirstInstant(first), FirstInstant(end), Label(first));
    }

    /// <summary>The period that an instant lies in.</summary>
    public Period At(DateTimeOffset instant) => Of(DayAt(instant));

    public Period Next(Period period) => Of(period.EndDay);

    public Period Before(Period period) => Of(period.FirstDay.AddDays(-1));

    /// <summary>The last period that has ended by then.</summary>
    public Period LastComplete(DateTimeOffset instant) => Before(At(instant));

    private DateOnly FirstDayOf(DateOnly day) => Size switch
    {
        PeriodSize.Day => day,
        PeriodSize.Week => day.AddDays(-((day.DayOfWeek - WeekStart + 7) % 7)),
        PeriodSize.Month => new DateOnly(day.Year, day.Month, 1),
        _ => new DateOnly(day.Year, ((day.Month - 1) / 3 * 3) + 1, 1),
    };

    private DateOnly After(DateOnly first) => Size switch
    {
        PeriodSize.Day => first.AddDays(1),
        PeriodSize.Week => first.AddDays(7),
        PeriodSize.Month => first.AddMonths(1),
        _ => first.AddMonths(3),
    };

    private string Label(DateOnly first) => Size switch
    {
        PeriodSize.Month => first.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        PeriodSize.Quarter => string.Create(CultureInfo.InvariantCulture, $"{first.Year:D4}-Q{((first.Month - 1) / 3) + 1}"),
        _ => first.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    private DateOnly DayAt(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    /// <summary>
    /// The first second at which the calendar there shows this day or a later one. Midnight may be left out (clocks go forward then), come twice, or
    /// the whole day may be missing where a place changed sides of the date line: counting seconds knows no exceptions.
    /// </summary>
    private DateTimeOffset FirstInstant(DateOnly day)
    {
        var midnight = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var (before, after) = (-FarthestHours * 3600, (FarthestHours + 24) * 3600);
        while (after - before > 1)
        {
            var middle = before + ((after - before) / 2);
            if (DayAt(midnight.AddSeconds(middle)) >= day) after = middle;
            else before = middle;
        }
        return midnight.AddSeconds(after);
    }
}
