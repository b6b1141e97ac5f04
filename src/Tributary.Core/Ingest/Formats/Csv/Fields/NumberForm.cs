namespace Tributary.Core.Ingest.Formats.Csv.Fields;

/// <summary>How numbers are written: the decimal mark, and the mark between thousands (0: none).</summary>
internal sealed class NumberForm(char decimals, char thousands)
{
    /// <summary>The longest number that is rewritten.</summary>
    public const int MostPlain = 64;

    /// <summary>Numbers are digits with a point.</summary>
    public bool IsPlain { get; } = decimals == '.' && thousands == '\0';

    /// <summary>
    /// Writes the number as digits with a point into <paramref name="room"/>; false when a mark stands where none can be: thousands
    /// come in groups of three before the decimals.
    /// </summary>
    public bool TryPlain(ReadOnlySpan<byte> text, Span<byte> room, out int written)
    {
        written = 0;
        if (text.Length > room.Length) return false;
        var (group, inDecimals, grouped) = (0, false, false);
        foreach (var c in text)
        {
            if (thousands != '\0' && c == thousands)
            {
                if (inDecimals || (grouped ? group != 3 : group is 0 or > 3)) return false;
                (grouped, group) = (true, 0);
                continue;
            }
            if (c == decimals)
            {
                if (grouped && group != 3) return false;
                (inDecimals, grouped) = (true, false);
                room[written++] = (byte)'.';
                continue;
            }
            if (c == '.') return false;
            if (!inDecimals && char.IsAsciiDigit((char)c)) group++;
            room[written++] = c;
        }
        return !grouped || group == 3;
    }
}
