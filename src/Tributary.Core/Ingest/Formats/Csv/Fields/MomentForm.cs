using System.Text;

namespace Tributary.Core.Ingest.Formats.Csv.Fields;

/// <summary>
/// A declared form of dates and times, as in .NET: <c>yyyy MM M MMM dd d HH H hh h mm m ss s tt</c>, <c>F</c> (decimals of a second, with their
/// point, or nothing), <c>K</c> (<c>Z</c> or an offset, or nothing); other characters, and what stands in single quotes, as they are.
/// </summary>
internal sealed class MomentForm
{
    private static readonly string[] Tokens = ["yyyy", "MMM", "MM", "M", "dd", "d", "HH", "H", "hh", "h", "mm", "m", "ss", "s", "tt", "F", "K"];
    private static readonly byte[][] Months = [.. "jan feb mar apr may jun jul aug sep oct nov dec".Split(' ').Select(Encoding.ASCII.GetBytes)];

    private readonly List<string> tokens = [];

    private MomentForm(string text) => Text = text;

    public string Text { get; }

    public bool HasDate => tokens.Contains("yyyy") && tokens.Exists(token => token[0] == 'M') && tokens.Exists(token => token[0] == 'd');

    /// <summary>Null when the form names no whole date.</summary>
    public static MomentForm? TryCreate(string text)
    {
        var form = new MomentForm(text);
        for (var at = 0; at < text.Length;)
        {
            var token = Tokens.FirstOrDefault(token => string.CompareOrdinal(text, at, token, 0, token.Length) == 0);
            var quoted = token is null && text[at] == '\'' ? text.IndexOf('\'', at + 1) : -1;
            if (quoted > 0)
            {
                foreach (var c in Encoding.UTF8.GetBytes(text[(at + 1)..quoted])) form.tokens.Add($"'{(char)c}");
                at = quoted + 1;
                continue;
            }
            form.tokens.Add(token ?? $"'{text[at]}");
            at += token?.Length ?? 1;
        }
        return form.HasDate ? form : null;
    }

    public bool TryRead(ReadOnlySpan<byte> text, out Moment moment)
    {
        moment = new Moment();
        var isAfternoon = (bool?)null;
        foreach (var token in tokens)
        {
            var isRead = token switch
            {
                "yyyy" => Number(ref text, 4, 4, out moment.Year),
                "MM" => Number(ref text, 2, 2, out moment.Month),
                "M" => Number(ref text, 1, 2, out moment.Month),
                "MMM" => Month(ref text, out moment.Month),
                "dd" => Number(ref text, 2, 2, out moment.Day),
                "d" => Number(ref text, 1, 2, out moment.Day),
                "HH" or "hh" => Number(ref text, 2, 2, out moment.Hour),
                "H" or "h" => Number(ref text, 1, 2, out moment.Hour),
                "mm" => Number(ref text, 2, 2, out moment.Minute),
                "m" => Number(ref text, 1, 2, out moment.Minute),
                "ss" => Number(ref text, 2, 2, out moment.Second),
                "s" => Number(ref text, 1, 2, out moment.Second),
                "tt" => Half(ref text, out isAfternoon),
                "F" => Decimals(ref text, out moment.Microseconds),
                "K" => Offset(ref text, out moment.OffsetMinutes),
                _ => Literal(ref text, token[1]),
            };
            if (!isRead) return false;
        }
        if (isAfternoon is { } afternoon)
        {
            if (moment.Hour is 0 or > 12) return false;
            moment.Hour = moment.Hour % 12 + (afternoon ? 12 : 0);
        }
        return text.IsEmpty && moment.IsValid;
    }

    private static bool Number(ref ReadOnlySpan<byte> text, int least, int most, out int value)
    {
        var read = value = 0;
        while (read < most && read < text.Length && char.IsAsciiDigit((char)text[read])) value = value * 10 + text[read++] - '0';
        text = text[read..];
        return read >= least;
    }

    private static bool Month(ref ReadOnlySpan<byte> text, out int month)
    {
        month = text.Length < 3 ? 0 : Array.FindIndex(Months, new Beginning(text).IsOf) + 1;
        if (month > 0) text = text[3..];
        return month > 0;
    }

    private static bool Half(ref ReadOnlySpan<byte> text, out bool? isAfternoon)
    {
        isAfternoon = text.Length < 2 || (text[1] | 0x20) != 'm' ? null : (text[0] | 0x20) switch { 'a' => false, 'p' => true, _ => (bool?)null };
        if (isAfternoon is not null) text = text[2..];
        return isAfternoon is not null;
    }

    // Rounded to microseconds as the server does it, by way of a double.
    private static bool Decimals(ref ReadOnlySpan<byte> text, out int microseconds)
    {
        microseconds = 0;
        if (text.IsEmpty || text[0] is not ((byte)'.' or (byte)',')) return true;
        var (digits, value) = (0, 0L);
        text = text[1..];
        while (digits < text.Length && char.IsAsciiDigit((char)text[digits])) digits++;
        if (digits is 0 or > 9) return false;
        for (var i = 0; i < 9; i++) value = value * 10 + (i < digits ? text[i] - '0' : 0);
        text = text[digits..];
        microseconds = (int)Math.Round(value / 1e9 * 1e6, MidpointRounding.ToEven);
        return true;
    }

    private static bool Offset(ref ReadOnlySpan<byte> text, out int? minutes)
    {
        minutes = null;
        if (text.IsEmpty) return true;
        if ((text[0] | 0x20) == 'z')
        {
            minutes = 0;
            text = text[1..];
            return true;
        }
        if (text[0] is not ((byte)'+' or (byte)'-')) return false;
        var sign = text[0] == '-' ? -1 : 1;
        text = text[1..];
        if (!Number(ref text, 2, 2, out var hours)) return false;
        var rest = 0;
        if (!text.IsEmpty && text[0] == ':') text = text[1..];
        if (!text.IsEmpty && !Number(ref text, 2, 2, out rest)) return false;
        minutes = sign * (hours * 60 + rest);
        return hours < 16 && rest < 60;
    }

    private static bool Literal(ref ReadOnlySpan<byte> text, char c)
    {
        if (text.IsEmpty || text[0] != c) return false;
        text = text[1..];
        return true;
    }

    private readonly struct Beginning(ReadOnlySpan<byte> text)
    {
        private readonly byte first = (byte)(text[0] | 0x20);
        private readonly byte second = (byte)(text[1] | 0x20);
        private readonly byte third = (byte)(text[2] | 0x20);

        public bool IsOf(byte[] word) => word[0] == first && word[1] == second && word[2] == third;
    }
}
