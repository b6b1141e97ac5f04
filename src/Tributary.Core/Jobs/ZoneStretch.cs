namespace Tributary.Core.Jobs;

/// <summary>A stretch of time in which a zone keeps one distance from UTC. Ends are instants; the end is not included.</summary>
internal readonly record struct ZoneStretch(DateTime Start, DateTime End, TimeSpan Offset)
{
    /// <summary>No zone ever changed its clocks twice in that time.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromHours(6);

    public DateTime LocalStart => Start + Offset;

    public DateTime LocalEnd => End + Offset;

    /// <summary>The stretches between two instants (UTC), in order and without gaps.</summary>
    public static IEnumerable<ZoneStretch> Between(TimeZoneInfo zone, DateTime start, DateTime end)
    {
        var (from, offset) = (start, zone.GetUtcOffset(start));
        for (var at = start; at < end;)
        {
            var next = at + Look < end ? at + Look : end;
            var then = zone.GetUtcOffset(next);
            if (then != offset)
            {
                var change = FirstWith(zone, then, at, next);
                yield return new ZoneStretch(from, change, offset);
                (from, offset) = (change, then);
            }
            at = next;
        }
        yield return new ZoneStretch(from, end, offset);
    }

    /// <summary>The first second with the new offset.</summary>
    private static DateTime FirstWith(TimeZoneInfo zone, TimeSpan then, DateTime before, DateTime after)
    {
        while (after - before > TimeSpan.FromSeconds(1))
        {
            var middle = before + TimeSpan.FromSeconds(Math.Floor((after - before).TotalSeconds / 2));
            if (zone.GetUtcOffset(middle) == then) after = middle;
            else before = middle;
        }
        return after;
    }
}
