using System.Globalization;
using Tributary.Jinja.Syntax;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Time;

/// <summary>Python's date: a day of the calendar.</summary>
internal sealed class DateValue(DateOnly day) : ContextObject, IComparable, IEquatable<DateValue>
{
    private static readonly MemberTable<DateValue> Members = new()
    {
        ["year"] = d => (long)d.Day.Year,
        ["month"] = d => (long)d.Day.Month,
        ["day"] = d => (long)d.Day.Day,
        ["strftime"] = d => Method("strftime", "format", a => Strftime.Format(d.Day.ToDateTime(default), null, "", a.Text(0))),
        ["isoformat"] = d => Method("isoformat", "", _ => d.ToString()),
        ["weekday"] = d => Method("weekday", "", _ => (long)(((int)d.Day.DayOfWeek + 6) % 7)),
        ["isoweekday"] = d => Method("isoweekday", "", _ => d.Day.DayOfWeek == DayOfWeek.Sunday ? 7L : (long)d.Day.DayOfWeek),
        ["isocalendar"] = d => Method("isocalendar", "", _ => IsoCalendar(d.Day.ToDateTime(default))),
        ["toordinal"] = d => Method("toordinal", "", _ => d.Day.DayNumber + 1L),
        ["replace"] = d => Method("replace", "year=None, month=None, day=None",
            a => new DateValue(new DateOnly((int)(a[0] as long? ?? d.Day.Year), (int)(a[1] as long? ?? d.Day.Month), (int)(a[2] as long? ?? d.Day.Day)))),
    };

    public DateOnly Day => day;

    /// <summary>Year, week and weekday (Monday is 1) as ISO 8601 counts them.</summary>
    public static JinjaTuple IsoCalendar(DateTime day) =>
        new((long)ISOWeek.GetYear(day), (long)ISOWeek.GetWeekOfYear(day), day.DayOfWeek == DayOfWeek.Sunday ? 7L : (long)day.DayOfWeek);

    public override string TypeName => "date";

    public override bool TryGetAttribute(string name, out object? value) => Members.TryGet(this, name, out value);

    public override string ToString() => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public int CompareTo(object? obj) => obj is DateValue other ? day.CompareTo(other.Day) : throw new Jinja.TemplateException("a date can only be compared with a date");

    public bool Equals(DateValue? other) => other is not null && day == other.Day;

    public override bool Equals(object? obj) => Equals(obj as DateValue);

    public override int GetHashCode() => day.GetHashCode();

    public override bool TryOperate(BinaryOperator op, object? other, bool isLeft, out object? result)
    {
        result = (op, other) switch
        {
            (BinaryOperator.Add, SpanValue span) => new DateValue(day.AddDays(span.Value.Days)),
            (BinaryOperator.Subtract, SpanValue span) when isLeft => new DateValue(day.AddDays(-span.Value.Days)),
            (BinaryOperator.Subtract, DateValue earlier) when isLeft => new SpanValue(TimeSpan.FromDays(day.DayNumber - earlier.Day.DayNumber)),
            _ => null,
        };
        return result is not null;
    }
}
