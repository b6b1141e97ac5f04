using Tributary.Core.Postgres;

namespace Tributary.Core.Ingest.Formats.Csv.Fields;

/// <summary>
/// date, timestamp and timestamptz by declared forms, the first that fits. A date may carry a time of midnight and no other. An instant
/// without an offset is in <paramref name="zone"/>: of an hour that comes twice the first one, and one that is left out is none.
/// </summary>
internal sealed class MomentField(FieldType type, IReadOnlyList<MomentForm> forms, TimeZoneInfo zone) : FieldWriter
{
    private const long Minute = 60_000_000;

    private static readonly DateTime Epoch = new(2000, 1, 1);

    public override string SqlType => type switch { FieldType.Date => "date", FieldType.Timestamp => "timestamp", _ => "timestamptz" };

    public override string Expected => $"{(type == FieldType.Date ? "a date" : "a time")} as {string.Join(" or ", forms.Select(form => form.Text))}";

    public override bool TryWrite(BinaryCopy copy, ReadOnlySpan<byte> text)
    {
        foreach (var form in forms)
        {
            if (form.TryRead(text, out var moment)) return TryWrite(copy, moment);
        }
        return false;
    }

    private bool TryWrite(BinaryCopy copy, in Moment moment)
    {
        if (type == FieldType.Date)
        {
            if (!moment.IsMidnight) return false;
            copy.Integer(moment.Days);
            return true;
        }
        if (type == FieldType.Timestamp)
        {
            if (moment.OffsetMinutes is not null) return false;
            copy.Bigint(moment.Ticks);
            return true;
        }
        if (OffsetOf(moment) is not { } offset) return false;
        copy.Bigint(moment.Ticks - offset * Minute);
        return true;
    }

    private long? OffsetOf(in Moment moment)
    {
        if (moment.OffsetMinutes is { } given) return given;
        if (zone == TimeZoneInfo.Utc) return 0;
        var local = Epoch.AddMicroseconds(moment.Ticks);
        if (zone.IsInvalidTime(local)) return null;
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return (long)offset.TotalMinutes;
    }
}
