using System.Globalization;
using Tributary.Jinja;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Time;

/// <summary><c>modules.datetime</c>. The clock is the run's, so that a template gives the same text in every node of a run.</summary>
internal sealed class DateTimeModule(DateTimeOffset now) : ContextObject
{
    public override string TypeName => "module";

    public override bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "datetime" => new Type("datetime", MakeDateTime, DateTimeMembers()),
            "date" => new Type("date", Method("date", "year, month, day", a => new DateValue(new DateOnly(a.Integer(0), a.Integer(1), a.Integer(2)))), DateMembers()),
            "time" => new Type("time", Method("time", "hour=0, minute=0, second=0, microsecond=0", a => TimeOfDayValue.Of(a.Integer(0), a.Integer(1), a.Integer(2), a.Integer(3))), TimeMembers),
            "timedelta" => Method("timedelta", "days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0", Span),
            "timezone" => new Type("timezone", Method("timezone", "offset", _ => ZoneValue.Utc), new Dictionary<string, object?> { ["utc"] = ZoneValue.Utc }),
            _ => null,
        };
        return value is not null;
    }

    private static readonly Function MakeDateTime = Method("datetime", "year, month, day, hour=0, minute=0, second=0, microsecond=0, tzinfo=None", a =>
    {
        var wall = new DateTime(a.Integer(0), a.Integer(1), a.Integer(2), a.Integer(3), a.Integer(4), a.Integer(5)).AddTicks(a.Integer(6) * 10L);
        return a[7] is ZoneValue zone ? zone.Localize(wall) : new DateTimeValue(wall);
    });

    private Dictionary<string, object?> DateTimeMembers() => new()
    {
        ["now"] = Method("now", "tz=None", a => a[0] is ZoneValue zone ? InZone(zone) : new DateTimeValue(now.UtcDateTime)),
        ["utcnow"] = Method("utcnow", "", _ => new DateTimeValue(now.UtcDateTime)),
        ["today"] = Method("today", "", _ => new DateTimeValue(now.UtcDateTime)),
        ["strptime"] = Method("strptime", "date_string, format", a => Parse(a.Text(0), a.Text(1))),
        ["fromisoformat"] = Method("fromisoformat", "date_string", a => FromIso(a.Text(0))),
        ["fromtimestamp"] = Method("fromtimestamp", "timestamp, tz=None",
            a => new DateTimeValue(DateTime.UnixEpoch.AddSeconds(Convert.ToDouble(a[0], CultureInfo.InvariantCulture)))),
        ["combine"] = Method("combine", "date, time", a => a[0] is DateValue day ? new DateTimeValue(day.Day.ToDateTime(default) + ((a[1] as TimeOfDayValue)?.Time ?? TimeSpan.Zero)) : null),
        ["min"] = new DateTimeValue(DateTime.MinValue),
        ["max"] = new DateTimeValue(DateTime.MaxValue.AddTicks(-9)), // microseconds are the smallest part
    };

    private static readonly Dictionary<string, object?> TimeMembers = new()
    {
        ["min"] = new TimeOfDayValue(TimeSpan.Zero),
        ["max"] = new TimeOfDayValue(TimeSpan.FromDays(1) - TimeSpan.FromTicks(10)),
        ["fromisoformat"] = Method("fromisoformat", "time_string", a => TimeSpan.TryParse(a.Text(0), CultureInfo.InvariantCulture, out var time)
            ? new TimeOfDayValue(time)
            : throw new TemplateException("fromisoformat(): the text is no ISO 8601 time")),
    };

    private Dictionary<string, object?> DateMembers() => new()
    {
        ["today"] = Method("today", "", _ => new DateValue(DateOnly.FromDateTime(now.UtcDateTime))),
        ["fromisoformat"] = Method("fromisoformat", "date_string", a => new DateValue(DateOnly.ParseExact(a.Text(0), "yyyy-MM-dd", CultureInfo.InvariantCulture))),
    };

    private DateTimeValue InZone(ZoneValue zone)
    {
        var offset = zone.OffsetAt(now.UtcDateTime);
        return new DateTimeValue(now.UtcDateTime + offset, offset, zone.NameAt(now.UtcDateTime));
    }

    private static SpanValue Span(BoundArguments a)
    {
        double Part(int index) => Convert.ToDouble(a[index], CultureInfo.InvariantCulture);
        return new SpanValue(TimeSpan.FromTicks((long)((Part(0) * TimeSpan.TicksPerDay) + (Part(1) * TimeSpan.TicksPerSecond) + (Part(2) * 10)
            + (Part(3) * TimeSpan.TicksPerMillisecond) + (Part(4) * TimeSpan.TicksPerMinute) + (Part(5) * TimeSpan.TicksPerHour) + (Part(6) * 7 * TimeSpan.TicksPerDay))));
    }

    private static DateTimeValue Parse(string text, string format)
    {
        var pattern = Strftime.Pattern(format) ?? throw new TemplateException($"strptime() does not know a directive of '{format}'");
        if (pattern.Contains("zzz", StringComparison.Ordinal) && DateTimeOffset.TryParseExact(text, pattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out var zoned))
            return new DateTimeValue(zoned.DateTime, zoned.Offset, "UTC" + Strftime.Offset(zoned.Offset, ":"));
        return DateTime.TryParseExact(text, pattern.Length == 1 ? "%" + pattern : pattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall)
            ? new DateTimeValue(wall)
            : throw new TemplateException($"strptime(): the text does not match the format '{format}'");
    }

    private static DateTimeValue FromIso(string text)
    {
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            throw new TemplateException("fromisoformat(): the text is no ISO 8601 date");
        var zoned = text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > 10;
        return zoned ? new DateTimeValue(at.DateTime, at.Offset, "UTC") : new DateTimeValue(at.DateTime);
    }

    /// <summary>A class of Python's: it can be called to make a value and has functions of its own.</summary>
    private sealed class Type(string name, Function make, Dictionary<string, object?> members) : ContextObject, ICallable
    {
        public override string TypeName => name;

        public object? Call(CallArguments arguments) => make.Call(arguments);

        public override bool TryGetAttribute(string attribute, out object? value) => members.TryGetValue(attribute, out value);
    }
}
