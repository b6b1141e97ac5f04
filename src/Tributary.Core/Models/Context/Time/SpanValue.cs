using System.Globalization;
using Tributary.Jinja.Syntax;

namespace Tributary.Core.Models.Context.Time;

/// <summary>Python's timedelta: a length of time.</summary>
internal sealed class SpanValue(TimeSpan value) : ContextObject, IComparable, IEquatable<SpanValue>
{
    private static readonly MemberTable<SpanValue> Members = new()
    {
        ["days"] = s => (long)Math.Floor(s.Value.TotalDays),
        ["seconds"] = s => (long)Math.Floor((s.Value - TimeSpan.FromDays(Math.Floor(s.Value.TotalDays))).TotalSeconds),
        ["total_seconds"] = s => Method("total_seconds", "", _ => s.Value.TotalSeconds),
    };

    public TimeSpan Value => value;

    public override string TypeName => "timedelta";

    public override bool IsTrue => value != TimeSpan.Zero;

    public override bool TryGetAttribute(string name, out object? found) => Members.TryGet(this, name, out found);

    public override string ToString()
    {
        var days = (long)Math.Floor(value.TotalDays);
        var rest = value - TimeSpan.FromDays(days);
        var time = rest.ToString(rest.Ticks % TimeSpan.TicksPerSecond == 0 ? @"h\:mm\:ss" : @"h\:mm\:ss\.ffffff", CultureInfo.InvariantCulture);
        return days == 0 ? time : $"{days} day{(Math.Abs(days) == 1 ? "" : "s")}, {time}";
    }

    public int CompareTo(object? obj) => obj is SpanValue other ? value.CompareTo(other.Value) : throw new Jinja.TemplateException("a timedelta can only be compared with a timedelta");

    public bool Equals(SpanValue? other) => other is not null && value == other.Value;

    public override bool Equals(object? obj) => Equals(obj as SpanValue);

    public override int GetHashCode() => value.GetHashCode();

    public override bool TryOperate(BinaryOperator op, object? other, bool isLeft, out object? result)
    {
        result = (op, other) switch
        {
            (BinaryOperator.Add, SpanValue more) => new SpanValue(value + more.Value),
            (BinaryOperator.Subtract, SpanValue less) => new SpanValue(isLeft ? value - less.Value : less.Value - value),
            (BinaryOperator.Multiply, long times) => new SpanValue(value * times),
            _ => null,
        };
        return result is not null;
    }
}
