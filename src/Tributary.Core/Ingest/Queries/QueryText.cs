using System.Text;

namespace Tributary.Core.Ingest.Queries;

/// <summary>
/// A query with places for values: <c>:name</c> outside of strings, quoted names and comments. A cast (<c>::date</c>) is none. The one way in
/// which a value reaches a statement that takes no parameters, such as COPY.
/// </summary>
public sealed class QueryText
{
    private readonly List<(string Text, bool IsName)> pieces = [];

    private QueryText()
    {
    }

    /// <summary>The names of the places, each once.</summary>
    public IReadOnlyList<string> Names => [.. pieces.Where(piece => piece.IsName).Select(piece => piece.Text).Distinct()];

    public static QueryText Parse(string sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        var query = new QueryText();
        var text = sql.TrimEnd().TrimEnd(';');
        var (start, at) = (0, 0);
        while (at < text.Length)
        {
            var end = EndOfQuoted(text, at);
            if (end > at)
            {
                at = end;
                continue;
            }
            var name = NameAt(text, at);
            if (name == 0)
            {
                at += text[at] == ':' && at + 1 < text.Length && text[at + 1] == ':' ? 2 : 1;
                continue;
            }
            query.pieces.Add((text[start..at], false));
            query.pieces.Add((text.Substring(at + 1, name), true));
            at += name + 1;
            start = at;
        }
        query.pieces.Add((text[start..], false));
        return query;
    }

    /// <summary>The statement with what <paramref name="literal"/> gives in its places: SQL literals, quoted by whoever gives them.</summary>
    public string Fill(Func<string, string> literal)
    {
        ArgumentNullException.ThrowIfNull(literal);
        var filled = new StringBuilder();
        foreach (var (text, isName) in pieces) filled.Append(isName ? literal(text) : text);
        return filled.ToString();
    }

    private static int NameAt(string text, int at)
    {
        if (text[at] != ':') return 0;
        var end = at + 1;
        while (end < text.Length && (char.IsAsciiLetter(text[end]) || text[end] == '_' || (end > at + 1 && char.IsAsciiDigit(text[end])))) end++;
        return end - at - 1;
    }

    /// <summary>The end of the string, quoted name or comment that begins here; <paramref name="at"/> when none does.</summary>
    private static int EndOfQuoted(string text, int at) => text[at] switch
    {
        '\'' => EndOfString(text, at, '\'', IsEscaping(text, at)),
        '"' => EndOfString(text, at, '"', false),
        '-' when At(text, at + 1) == '-' => text.IndexOf('\n', at) is >= 0 and var end ? end : text.Length,
        '/' when At(text, at + 1) == '*' => EndOfComment(text, at),
        '$' => EndOfDollars(text, at),
        _ => at,
    };

    private static int EndOfString(string text, int at, char quote, bool escapes)
    {
        for (at++; at < text.Length; at++)
        {
            if (escapes && text[at] == '\\') at++;
            else if (text[at] == quote) return at + 1; // a doubled quote begins the next string at once
        }
        return text.Length;
    }

    private static bool IsEscaping(string text, int at) => At(text, at - 1) is 'e' or 'E' && !IsWord(At(text, at - 2));

    private static int EndOfComment(string text, int at)
    {
        var depth = 0;
        for (; at < text.Length; at++)
        {
            if (text[at] == '/' && At(text, at + 1) == '*') (depth, at) = (depth + 1, at + 1);
            else if (text[at] == '*' && At(text, at + 1) == '/' && --depth == 0) return at + 2;
            else if (text[at] == '*' && At(text, at + 1) == '/') at++;
        }
        return text.Length;
    }

    private static int EndOfDollars(string text, int at)
    {
        if (IsWord(At(text, at - 1))) return at;
        var end = at + 1;
        while (end < text.Length && IsWord(text[end]) && !(end == at + 1 && char.IsAsciiDigit(text[end]))) end++;
        if (At(text, end) != '$') return at;
        var tag = text[at..(end + 1)];
        return text.IndexOf(tag, end + 1, StringComparison.Ordinal) is >= 0 and var close ? close + tag.Length : text.Length;
    }

    private static bool IsWord(char letter) => char.IsLetterOrDigit(letter) || letter == '_';

    private static char At(string text, int index) => index >= 0 && index < text.Length ? text[index] : '\0';
}
