using System.Text;

namespace Tributary.Core.Text;

/// <summary>
/// Gives the columns of one table their names: cut to 63 bytes, and with <c>_2</c>, <c>_3</c> … where a name is taken already.
/// Names that differ in upper and lower case only are the same name to people who do not quote, so they count as taken.
/// </summary>
internal sealed class ColumnNames(IEnumerable<string> taken)
{
    private readonly HashSet<string> taken = new(taken, StringComparer.OrdinalIgnoreCase);

    /// <summary>The name to use for the wanted one; the same for the same names in the same order.</summary>
    public string Take(string wanted)
    {
        var name = Cut(wanted, Identifier.MaxBytes);
        for (var n = 2; !taken.Add(name); n++)
        {
            var suffix = $"_{n}";
            name = Cut(wanted, Identifier.MaxBytes - suffix.Length) + suffix;
        }
        return name;
    }

    /// <summary>Somebody has the name already.</summary>
    public bool Has(string name) => taken.Contains(Cut(name, Identifier.MaxBytes));

    /// <summary>At most so many bytes of UTF-8, never half a character.</summary>
    public static string Cut(string text, int bytes)
    {
        if (Encoding.UTF8.GetByteCount(text) <= bytes) return text;
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (bytes < rune.Utf8SequenceLength) break;
            bytes -= rune.Utf8SequenceLength;
            length += rune.Utf16SequenceLength;
        }
        return text[..length].TrimEnd();
    }
}
