namespace Tributary.Core.Models.Context.Time;

/// <summary>Python's time: a time of day, without a zone.</summary>
internal sealed class TimeOfDayValue(TimeSpan time) : ContextObject, IComparable, IEquatable<TimeOfDayValue>
{
    private static readonly MemberTable<TimeOfDayValue> Members = new()
    {
        ["hour"] = t => (long)t.Time.Hours,
        ["minute"] = t => (long)t.Time.Minutes,
        ["second"] = t => (long)t.Time.Seconds,
        ["microsecond"] = t => t.Time.Ticks % TimeSpan.TicksPerSecond / 10,
        ["strftime"] = t => Method("strftime", "format", a => Strftime.Format(new DateTime(1900, 1, 1) + t.Time, null, "", a.Text(0))),
        ["isoformat"] = t => Method("isoformat", "timespec='auto'", a => Strftime.Iso(t.Time, a.Text(0))),
        ["replace"] = t => Method("replace", "hour=None, minute=None, second=None, microsecond=None", a => Of(
            a.IntegerOrNone(0) ?? t.Time.Hours, a.IntegerOrNone(1) ?? t.Time.Minutes, a.IntegerOrNone(2) ?? t.Time.Seconds, a.IntegerOrNone(3) ?? (int)(t.Time.Ticks % TimeSpan.TicksPerSecond / 10))),
    };

    public TimeSpan Time => time;

    public override string TypeName => "time";

    public static TimeOfDayValue Of(int hour, int minute, int second, int microsecond) => hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59 || microsecond is < 0 or > 999_999
        ? throw new Jinja.TemplateException("time() needs an hour of 0 to 23, a minute and a second of 0 to 59 and a microsecond of 0 to 999999")
        : new TimeOfDayValue(new TimeSpan(hour, minute, second) + TimeSpan.FromTicks(microsecond * 10L));

    public override bool TryGetAttribute(string name, out object? value) => Members.TryGet(this, name, out value);

    public override string ToString() => Strftime.Iso(time, "auto");

    public int CompareTo(object? obj) => obj is TimeOfDayValue other ? time.CompareTo(other.Time) : throw new Jinja.TemplateException("a time can only be compared with a time");

    public bool Equals(TimeOfDayValue? other) => other is not null && time == other.Time;

    public override bool Equals(object? obj) => Equals(obj as TimeOfDayValue);

    public override int GetHashCode() => time.GetHashCode();
}
