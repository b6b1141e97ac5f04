using System.Collections;

namespace Tributary.Jinja.Values;

/// <summary>What <c>range()</c> gives: numbers that are counted when they are read, never stored.</summary>
internal sealed class NumberRange : IReadOnlyList<object?>
{
    public NumberRange(long start, long stop, long step)
    {
        (Start, Stop, Step) = (start, stop, step);
        var distance = step > 0 ? (Int128)stop - start : (Int128)start - stop;
        var width = Int128.Abs(step);
        var count = distance <= 0 ? 0 : (distance + width - 1) / width;
        if (count > int.MaxValue) throw new TemplateException($"range() of {count} numbers is too long");
        Count = (int)count;
    }

    public long Start { get; }

    public long Stop { get; }

    public long Step { get; }

    public int Count { get; }

    public object? this[int index] => Boxed.Integer(Start + (index * Step));

    public NumberRange Slice(SliceBounds bounds)
    {
        var (start, stop) = bounds.Resolve(Count);
        var step = Int128.Clamp((Int128)Step * (bounds.Step ?? 1), -long.MaxValue, long.MaxValue);
        return new NumberRange(Start + (start * Step), Start + (stop * Step), (long)step);
    }

    public IEnumerator<object?> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => Step == 1 ? $"range({Start}, {Stop})" : $"range({Start}, {Stop}, {Step})";
}
