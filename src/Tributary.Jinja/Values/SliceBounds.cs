namespace Tributary.Jinja.Values;

/// <summary>The three parts of a slice; a part that was left out is null. The step is never 0.</summary>
internal readonly record struct SliceBounds(long? Start, long? Stop, long? Step)
{
    /// <summary>The first position and the one at which to stop, in a row of so many elements.</summary>
    public (int Start, int Stop) Resolve(int count)
    {
        var isForward = (Step ?? 1) > 0;
        var (lowest, highest) = isForward ? (0, count) : (-1, count - 1);
        var start = Start is { } from ? Clamp(from, count, lowest, highest) : isForward ? 0 : count - 1;
        var stop = Stop is { } to ? Clamp(to, count, lowest, highest) : isForward ? count : -1;
        return (start, stop);
    }

    private static int Clamp(long position, int count, int lowest, int highest)
    {
        if (position < 0) position = position < -count ? long.MinValue : position + count;
        return (int)Math.Clamp(position, lowest, highest);
    }
}
