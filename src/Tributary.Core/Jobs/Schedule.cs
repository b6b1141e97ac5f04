using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Jobs;

/// <summary>What makes a job due: exactly one of a cron line, an interval, another job, a hook of <c>serve</c>.</summary>
public sealed record Schedule(
    SourcePosition At,
    [Description("Five fields as in crontab: minute, hour, day of month, month, day of week; needs `zone`.")] string? Cron = null,
    [Description("IANA zone of the cron line, such as America/Los_Angeles.")] string? Zone = null,
    [Description("An interval such as 15m, counted from 1970-01-01T00:00Z.")] TimeSpan? Every = null,
    [Description("The job after whose success this one is due.")] string? After = null,
    [Description("The hook (serve.hooks) whose call makes the job due.")] string? Hook = null,
    [Description("What becomes of instants that passed while nobody looked: the last one runs, all run one after the other, or none.")] MissedRuns Missed = MissedRuns.Last,
    [Description("How late an instant may be found and still not be missed.")][Default("5m")] TimeSpan Grace = default) : IValidated
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);

    /// <summary>The clock makes it due.</summary>
    public bool IsTimed => Cron is not null || Every is not null;

    /// <summary>Instants after <paramref name="from"/>, up to and including <paramref name="to"/>; none when the clock does not make it due.</summary>
    public IEnumerable<DateTimeOffset> Due(DateTimeOffset from, DateTimeOffset to)
    {
        if (Cron is { } line) return DueInstants.Of(Jobs.Cron.Parse(line), TimeZoneInfo.FindSystemTimeZoneById(Zone ?? "UTC"), from, to);
        return Every is { } interval ? Multiples(interval, from, to) : [];
    }

    /// <summary>The next instant after this one; null when none comes within five years, or when the clock does not make it due.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        foreach (var days in (int[])[2, 40, 5 * 366])
        {
            if (Due(after, after.AddDays(days)).Select(at => (DateTimeOffset?)at).FirstOrDefault() is { } next) return next;
        }
        return null;
    }

    public void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        var given = new object?[] { Cron, Every, After, Hook }.Count(key => key is not null);
        if (given != 1) check.Refuse("schedule", $"{given} of cron, every, after and hook are given; expected one", "Write several schedules as a list.");
        if (Every < ShortestInterval) check.Refuse("every", "expected 1s or more");
        if (Cron is null) return;
        try
        {
            Jobs.Cron.Parse(Cron);
        }
        catch (FormatException wrong)
        {
            check.Refuse("cron", $"'{Excerpt.Of(Cron)}': {wrong.Message}", "Example: 0 2 * * * is every day at 2:00.");
        }
        if (Zone is null) check.Refuse("zone", "a cron line needs a zone", "Write the IANA zone whose clock it follows, such as America/Los_Angeles.");
        else if (!Zones.IsKnown(Zone)) check.Refuse("zone", $"'{Excerpt.Of(Zone)}' is not a time zone of the IANA database", Zones.Hint);
    }

    private static IEnumerable<DateTimeOffset> Multiples(TimeSpan interval, DateTimeOffset from, DateTimeOffset to)
    {
        var epoch = DateTimeOffset.UnixEpoch;
        for (var at = epoch + (interval * Math.Floor((from - epoch) / interval)) + interval; at <= to; at += interval)
        {
            if (at > from) yield return at;
        }
    }

    /// <summary>In the words of <c>status</c>: <c>0 2 * * * America/Los_Angeles</c>.</summary>
    public override string ToString() =>
        Cron is not null ? $"{Cron} {Zone}" : Every is { } interval ? $"every {interval}" : After is not null ? $"after {After}" : $"hook {Hook}";
}

/// <summary>What becomes of due instants that nobody saw in time.</summary>
public enum MissedRuns
{
    Last,
    All,
    None,
}
