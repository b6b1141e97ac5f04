namespace Tributary.Core.Jobs;

/// <summary>
/// Five fields as in crontab: minute, hour, day of month, month, day of week. Where both days are restricted, either is enough.
/// </summary>
public sealed class Cron
{
    /// <summary>Every combination of month, day and weekday comes round within 28 years, or never (leap years of a century: 40).</summary>
    private const int YearsUntilNever = 40;

    private readonly CronField minutes;
    private readonly CronField hours;
    private readonly CronField daysOfMonth;
    private readonly CronField months;
    private readonly CronField daysOfWeek;

    private Cron(string text, string[] fields)
    {
        Text = text;
        minutes = CronField.Minutes(fields[0]);
        hours = CronField.Hours(fields[1]);
        daysOfMonth = CronField.DaysOfMonth(fields[2]);
        months = CronField.MonthsOfYear(fields[3]);
        daysOfWeek = CronField.DaysOfWeek(fields[4]);
    }

    public string Text { get; }

    internal CronField Minutes => minutes;

    internal CronField Hours => hours;

    internal CronField DaysOfMonth => daysOfMonth;

    internal CronField Months => months;

    internal CronField DaysOfWeek => daysOfWeek;

    /// <summary>The hour is <c>*</c>: due in every hour that passes, whatever the clock on the wall does.</summary>
    public bool IsHourly => hours.IsEvery;

    /// <summary>Throws <see cref="FormatException"/> with what is wrong.</summary>
    public static Cron Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.StartsWith('@')) throw new FormatException("words such as @daily are not understood; write five fields, such as 0 2 * * *");
        var fields = text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 5) throw new FormatException($"{fields.Length} fields; expected five: minute, hour, day of month, month, day of week");
        var cron = new Cron(string.Join(' ', fields), fields);
        return cron.IsEverDue() ? cron : throw new FormatException("no day of any year is meant by it");
    }

    /// <summary>The times of one day of the calendar, in order; none when the day is not meant.</summary>
    public IEnumerable<DateTime> TimesOn(DateOnly day) =>
        IsMeant(day) ? hours.Values.SelectMany(_ => minutes.Values, (hour, minute) => day.ToDateTime(new TimeOnly(hour, minute))) : [];

    private bool IsMeant(DateOnly day)
    {
        if (!months.Allows(day.Month)) return false;
        var byMonth = daysOfMonth.Allows(day.Day);
        var byWeek = daysOfWeek.Allows((int)day.DayOfWeek);
        return daysOfMonth.BeginsWithStar || daysOfWeek.BeginsWithStar ? byMonth && byWeek : byMonth || byWeek;
    }

    private bool IsEverDue()
    {
        var first = new DateOnly(2000, 1, 1);
        return Enumerable.Range(0, YearsUntilNever * 366).Any(day => IsMeant(first.AddDays(day)));
    }

    public override string ToString() => Text;
}
