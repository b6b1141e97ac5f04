namespace Tributary.Synthetic;

/// <summary>A stream of chance that depends only on the seed, the kind of thing and its number.</summary>
/// <remarks>Every resource draws from its own stream, so any of them can be made, or referred to, without the others.</remarks>
public sealed class Chance
{
    private ulong _state;

    private Chance(ulong state) => _state = state;

    /// <summary>The stream of the <paramref name="number"/>th thing of a kind.</summary>
    public static Chance Of(long seed, string kind, long number)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in kind) hash = (hash ^ letter) * 1099511628211UL;
        return new Chance(Mix(Mix(hash ^ (ulong)seed) + (ulong)number));
    }

    /// <summary>A whole number from 0 up to, but without, <paramref name="limit"/>.</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);

    /// <summary>A whole number between the two, both included.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    /// <summary>True in the given share of draws, from 0 to 1.</summary>
    public bool Happens(double share) => Fraction() < share;

    /// <summary>A number from 0 up to, but without, 1.</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>One of the choices, each as likely as the others.</summary>
    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    /// <summary>A random (version 4) UUID in its text form.</summary>
    public string Uuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, Next());
        BitConverter.TryWriteBytes(bytes[8..], Next());
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }

    private ulong Next() => Mix(_state += 0x9E3779B97F4A7C15UL);

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
