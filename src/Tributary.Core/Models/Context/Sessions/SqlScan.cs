namespace Tributary.Core.Models.Context.Sessions;

/// <summary>Walks over SQL text without being misled by literals, quoted names, dollar quotes and comments (which nest).</summary>
internal static class SqlScan
{
    /// <summary>The statements of a text, without the semicolons between them and without empty ones.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        if (!text.Contains(';')) return IsBlank(text) ? [] : [text];
        var pieces = new List<string>();
        var (start, parentheses, atomic) = (0, 0, 0);
        for (var at = 0; at < text.Length;)
        {
            var c = text[at];
            if (c == '(') parentheses++;
            else if (c == ')') parentheses--;
            else if (char.IsAsciiLetter(c)) atomic = Math.Max(0, atomic + Depth(text, at, atomic));
            else if (c == ';' && parentheses <= 0 && atomic == 0)
            {
                Add(pieces, text[start..at]);
                start = at + 1;
            }
            at = Next(text, at);
        }
        Add(pieces, text[start..]);
        return pieces;
    }

    /// <summary>Where the next thing begins: behind the literal, comment, word or character that stands here.</summary>
    public static int Next(string text, int at)
    {
        var c = text[at];
        if (c == '\'') return Quoted(text, at, '\'', IsEscaping(text, at));
        if (c == '"') return Quoted(text, at, '"', escapes: false);
        if (c == '$') return Dollar(text, at);
        if (c == '-' && At(text, at, "--")) return text.IndexOf('\n', at) is var end and >= 0 ? end + 1 : text.Length;
        if (c == '/' && At(text, at, "/*")) return Comment(text, at);
        if (!IsWord(c)) return at + 1;
        while (at < text.Length && (IsWord(text[at]) || text[at] == '$')) at++;
        return at;
    }

    /// <summary>The first place that is neither blank nor comment.</summary>
    public static int SkipBlank(string text, int at)
    {
        while (at < text.Length && (char.IsWhiteSpace(text[at]) || At(text, at, "--") || At(text, at, "/*"))) at = char.IsWhiteSpace(text[at]) ? at + 1 : Next(text, at);
        return at;
    }

    /// <summary>True when the word stands here, in letters of any case.</summary>
    public static bool IsWordAt(string text, int at, string word) =>
        string.Compare(text, at, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0
        && (at + word.Length >= text.Length || !IsWord(text[at + word.Length]));

    private static bool IsBlank(string text) => SkipBlank(text, 0) >= text.Length;

    private static void Add(List<string> pieces, string piece)
    {
        if (!IsBlank(piece)) pieces.Add(piece);
    }

    /// <summary>The body of a function may be <c>BEGIN ATOMIC … END</c> with semicolons and CASE … END in it.</summary>
    private static int Depth(string text, int at, int atomic)
    {
        if (IsWordAt(text, at, "begin")) return IsWordAt(text, SkipBlank(text, at + "begin".Length), "atomic") ? 1 : 0;
        if (atomic == 0) return 0;
        return IsWordAt(text, at, "case") ? 1 : IsWordAt(text, at, "end") ? -1 : 0;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_' || c > 127;

    /// <summary><c>E'…'</c> takes backslashes.</summary>
    private static bool IsEscaping(string text, int at) => at > 0 && text[at - 1] is 'E' or 'e' && (at == 1 || !IsWord(text[at - 2]));

    private static int Quoted(string text, int at, char quote, bool escapes)
    {
        for (at++; at < text.Length; at++)
        {
            if (escapes && text[at] == '\\') at++;
            else if (text[at] == quote)
            {
                if (at + 1 >= text.Length || text[at + 1] != quote) return at + 1;
                at++;
            }
        }
        return text.Length;
    }

    private static int Dollar(string text, int at)
    {
        var end = at + 1;
        while (end < text.Length && IsWord(text[end])) end++;
        if (end >= text.Length || text[end] != '$' || (end > at + 1 && char.IsDigit(text[at + 1]))) return at + 1;
        var mark = text[at..(end + 1)];
        var close = text.IndexOf(mark, end + 1, StringComparison.Ordinal);
        return close < 0 ? text.Length : close + mark.Length;
    }

    private static int Comment(string text, int at)
    {
        for (var depth = 0; at < text.Length; at++)
        {
            if (At(text, at, "/*")) { depth++; at++; }
            else if (At(text, at, "*/") && --depth == 0) return at + 2;
            else if (At(text, at, "*/")) at++;
        }
        return text.Length;
    }

    private static bool At(string text, int at, string mark) => string.CompareOrdinal(text, at, mark, 0, mark.Length) == 0;
}
