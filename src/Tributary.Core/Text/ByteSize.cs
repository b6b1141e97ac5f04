using System.Globalization;

namespace Tributary.Core.Text;

/// <summary>A number of bytes: <c>16 MB</c> (16,000,000), <c>1 GiB</c> (2^30) or a plain number in YAML.</summary>
public readonly record struct ByteSize(long Bytes)
{
    private static readonly (string Unit, long Factor)[] Units =
    [
        ("GiB", 1L << 30), ("GB", 1_000_000_000), ("MiB", 1L << 20), ("MB", 1_000_000),
        ("KiB", 1L << 10), ("KB", 1_000), ("B", 1), ("", 1),
    ];

    /// <summary>Reads a size; the unit's case does not matter. False for anything negative, larger than 8 EiB, or no size.</summary>
    public static bool TryParse(string text, out ByteSize size)
    {
        size = default;
        text = text.Trim();
        var (unit, factor) = Units.First(known => text.EndsWith(known.Unit, StringComparison.OrdinalIgnoreCase));
        var number = text[..^unit.Length].TrimEnd();
        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)) return false;
        if (count > long.MaxValue / factor) return false;
        size = new ByteSize((long)(count * factor));
        return true;
    }

    /// <summary>The size in the largest unit that divides it: <c>16 MB</c>.</summary>
    public override string ToString()
    {
        var bytes = Bytes;
        var (unit, factor) = Units.Where(known => known.Factor == 1 || bytes >= known.Factor).First(known => bytes % known.Factor == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / factor} {unit}");
    }
}
