namespace Tributary.Core.Models.Context.Time;

/// <summary>A zone of pytz: <c>modules.pytz.timezone('America/New_York')</c>.</summary>
internal sealed class ZoneValue(string name, TimeZoneInfo? zone) : ContextObject
{
    public static readonly ZoneValue Utc = new("UTC", TimeZoneInfo.Utc);

    public override string TypeName => "timezone";

    public static ZoneValue Find(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found)
        ? new ZoneValue(name, found)
        : throw new Jinja.TemplateException($"there is no time zone '{name}'", "Expected an IANA name such as America/New_York.");

    public TimeSpan OffsetAt(DateTime utc) => zone?.GetUtcOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)) ?? TimeSpan.Zero;

    public string NameAt(DateTime utc) => zone is null || zone == TimeZoneInfo.Utc ? name : Strftime.Offset(OffsetAt(utc), "");

    /// <summary>The wall-clock time as a time of this zone.</summary>
    public DateTimeValue Localize(DateTime wall)
    {
        var offset = zone?.GetUtcOffset(DateTime.SpecifyKind(wall, DateTimeKind.Unspecified)) ?? TimeSpan.Zero;
        return new DateTimeValue(wall, offset, NameAt(wall - offset));
    }

    public override bool TryGetAttribute(string attribute, out object? value)
    {
        value = attribute switch
        {
            "zone" => name,
            "localize" => Method("localize", "dt, is_dst=False", a => a[0] is DateTimeValue at ? Localize(at.Wall) : throw new Jinja.TemplateException("localize() needs a datetime")),
            _ => null,
        };
        return value is not null;
    }

    public override string ToString() => name;
}
