using System.Globalization;
using System.Text;

namespace Tributary.Core.Ingest.Erasing;

/// <summary>The one form in which values that name a subject are compared: what PostgreSQL writes them as, without blanks around.</summary>
internal static class SubjectText
{
    /// <summary>Of what somebody typed, or of a word somewhere in a record: 0042 and +42 are 42.</summary>
    public static string Of(string text)
    {
        var word = text.Trim();
        if (long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number.ToString(CultureInfo.InvariantCulture);
        return Guid.TryParse(word, out var id) ? id.ToString() : word;
    }

    /// <summary>The words of a record whose fields cannot be told apart, each once, as <see cref="Of"/> has them; a date and a time of day are one word.</summary>
    public static IEnumerable<string> WordsOf(ReadOnlySpan<byte> record)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        while (!record.IsEmpty)
        {
            var end = record.IndexOfAnyExcept(WordBytes);
            var word = (end < 0 ? record : record[..end]).Trim(":."u8);
            if (word.Length is > 0 and <= 256) words.Add(Of(Encoding.UTF8.GetString(word)));
            record = end < 0 ? default : record[(end + 1)..];
        }
        return words;
    }

    private static readonly System.Buffers.SearchValues<byte> WordBytes = System.Buffers.SearchValues.Create(
        [.. "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_+:."u8, .. Enumerable.Range(0x80, 0x80).Select(value => (byte)value)]);
}
