using System.Globalization;
using Tributary.Jinja.Syntax;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Time;

/// <summary>Python's datetime: a wall-clock instant, with its zone when it has one.</summary>
internal sealed class DateTimeValue(DateTime wall, TimeSpan? offset = null, string zone = "") : ContextObject, IComparable, IEquatable<DateTimeValue>
{
    private static readonly MemberTable<DateTimeValue> Members = new()
    {
        ["year"] = d => (long)d.Wall.Year,
        ["month"] = d => (long)d.Wall.Month,
        ["day"] = d => (long)d.Wall.Day,
        ["hour"] = d => (long)d.Wall.Hour,
        ["minute"] = d => (long)d.Wall.Minute,
        ["second"] = d => (long)d.Wall.Second,
        ["microsecond"] = d => d.Wall.Ticks % TimeSpan.TicksPerSecond / 10,
        ["tzinfo"] = d => d.Offset is null ? null : new ZoneValue(d.Zone, null),
        ["strftime"] = d => Method("strftime", "format", a => Strftime.Format(d.Wall, d.Offset, d.Zone, a.Text(0))),
        ["isoformat"] = d => Method("isoformat", "sep='T', timespec='auto'", a => d.Iso(a.Text(0), a.Text(1))),
        ["date"] = d => Method("date", "", _ => new DateValue(DateOnly.FromDateTime(d.Wall))),
        ["time"] = d => Method("time", "", _ => new TimeOfDayValue(d.Wall.TimeOfDay)),
        ["isocalendar"] = d => Method("isocalendar", "", _ => DateValue.IsoCalendar(d.Wall)),
        ["toordinal"] = d => Method("toordinal", "", _ => DateOnly.FromDateTime(d.Wall).DayNumber + 1L),
        ["utcoffset"] = d => Method("utcoffset", "", _ => d.Offset is { } away ? new SpanValue(away) : null),
        ["tzname"] = d => Method("tzname", "", _ => d.Offset is null ? null : d.Zone),
        ["timestamp"] = d => Method("timestamp", "", _ => (d.Utc - DateTime.UnixEpoch).TotalSeconds),
        ["weekday"] = d => Method("weekday", "", _ => (long)(((int)d.Wall.DayOfWeek + 6) % 7)),
        ["isoweekday"] = d => Method("isoweekday", "", _ => d.Wall.DayOfWeek == DayOfWeek.Sunday ? 7L : (long)d.Wall.DayOfWeek),
        ["astimezone"] = d => Method("astimezone", "tz=None", a => d.In(a[0] as ZoneValue ?? ZoneValue.Utc)),
        ["replace"] = d => Method("replace", "year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None, tzinfo=0", d.Replace),
    };

    public DateTime Wall => wall;

    public TimeSpan? Offset => offset;

    public string Zone => zone;

    public override string TypeName => "datetime";

    private DateTime Utc => wall - (offset ?? TimeSpan.Zero);

    /// <summary>An instant of the world's clock.</summary>
    public static DateTimeValue OfUtc(DateTimeOffset instant) => new(instant.UtcDateTime, TimeSpan.Zero, "UTC");

    public override bool TryGetAttribute(string name, out object? value) => Members.TryGet(this, name, out value);

    public override string ToString() => Iso(" ");

    public int CompareTo(object? obj) => obj is DateTimeValue other
        ? Utc.CompareTo(other.Utc)
        : throw new Jinja.TemplateException("a datetime can only be compared with a datetime");

    public bool Equals(DateTimeValue? other) => other is not null && Utc == other.Utc && offset.HasValue == other.Offset.HasValue;

    public override bool Equals(object? obj) => Equals(obj as DateTimeValue);

    public override int GetHashCode() => Utc.GetHashCode();

    public override bool TryOperate(BinaryOperator op, object? other, bool isLeft, out object? result)
    {
        result = (op, other) switch
        {
            (BinaryOperator.Add, SpanValue span) => new DateTimeValue(wall + span.Value, offset, zone),
            (BinaryOperator.Subtract, SpanValue span) when isLeft => new DateTimeValue(wall - span.Value, offset, zone),
            (BinaryOperator.Subtract, DateTimeValue earlier) when isLeft => new SpanValue(Utc - earlier.Utc),
            _ => null,
        };
        return result is not null;
    }

    private DateTimeValue In(ZoneValue target)
    {
        var there = target.OffsetAt(Utc);
        return new DateTimeValue(Utc + there, there, target.NameAt(Utc));
    }

    private DateTimeValue Replace(BoundArguments a)
    {
        long Part(int index, long usual) => a[index] as long? ?? usual;
        var fraction = Part(6, wall.Ticks % TimeSpan.TicksPerSecond / 10) * 10;
        var changed = new DateTime((int)Part(0, wall.Year), (int)Part(1, wall.Month), (int)Part(2, wall.Day),
            (int)Part(3, wall.Hour), (int)Part(4, wall.Minute), (int)Part(5, wall.Second)).AddTicks(fraction);
        return a[7] switch
        {
            null => new DateTimeValue(changed),
            ZoneValue target => target.Localize(changed),
            _ => new DateTimeValue(changed, offset, zone),
        };
    }

    public string Iso(string separator, string timespec = "auto")
    {
        var text = $"{wall.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}{separator}{Strftime.Iso(wall.TimeOfDay, timespec)}";
        return offset is { } o ? text + Strftime.Offset(o, ":") : text;
    }
}
