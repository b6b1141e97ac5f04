namespace Tributary.Core.Ingest.Formats.Csv.Fields;

/// <summary>A date and time of day as text gave it; <see cref="OffsetMinutes"/> where it named one.</summary>
internal struct Moment
{
    /// <summary>Days from the first of January of the year 1 to that of 2000, where PostgreSQL's dates begin.</summary>
    private const int Epoch = 730_119;

    public int Year;
    public int Month;
    public int Day;
    public int Hour;
    public int Minute;
    public int Second;
    public int Microseconds;
    public int? OffsetMinutes;

    public readonly bool IsValid =>
        Year is >= 1 and <= 9999 && Month is >= 1 and <= 12 && Day >= 1 && Day <= DateTime.DaysInMonth(Year, Month)
        && Hour is >= 0 and <= 23 && Minute is >= 0 and <= 59 && Second is >= 0 and <= 59;

    public readonly bool IsMidnight => (Hour | Minute | Second | Microseconds) == 0;

    /// <summary>Days since 2000-01-01.</summary>
    public readonly int Days => new DateOnly(Year, Month, Day).DayNumber - Epoch;

    /// <summary>Microseconds since 2000-01-01 00:00, by the clock on the wall.</summary>
    public readonly long Ticks => ((Days * 24L + Hour) * 60 + Minute) * 60_000_000 + Second * 1_000_000L + Microseconds;
}
