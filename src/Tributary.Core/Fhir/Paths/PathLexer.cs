using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Tributary.Core.Fhir.Paths;

/// <summary>Cuts a FHIRPath expression into tokens (FHIRPath 2.0, "Lexical Elements"); one pass, bounded in length.</summary>
internal sealed partial class PathLexer(string text)
{
    private const int LongestExpression = 20_000;
    private const int MostTokens = 1_000;

    private static readonly string[] Symbols = ["<=", ">=", "!=", "!~", "=", "~", "<", ">", "+", "-", "*", "/", "&", "|", ".", ",", "(", ")", "[", "]", "{", "}"];

    private int at;

    /// <summary>All tokens, the last one <see cref="PathTokenKind.End"/>; throws <see cref="PathException"/>.</summary>
    public List<PathToken> Read()
    {
        if (text.Length > LongestExpression) throw new PathException(0, $"The expression is {text.Length} characters long, expected at most {LongestExpression}.");
        var tokens = new List<PathToken>();
        do
        {
            SkipBlanks();
            tokens.Add(Next());
            if (tokens.Count > MostTokens) throw new PathException(at, $"The expression has more than {MostTokens} parts.", "Split it into several columns.");
        }
        while (tokens[^1].Kind != PathTokenKind.End);
        return tokens;
    }

    private void SkipBlanks()
    {
        while (at < text.Length)
        {
            if (text[at] is ' ' or '\t' or '\r' or '\n') at++;
            else if (StartsWith("//")) at = text.IndexOf('\n', at) is var end and >= 0 ? end : text.Length;
            else if (StartsWith("/*")) SkipComment();
            else return;
        }
    }

    private void SkipComment()
    {
        var end = text.IndexOf("*/", at + 2, StringComparison.Ordinal);
        if (end < 0) throw new PathException(at, "A comment begins here and never ends.", "Close it with */.");
        at = end + 2;
    }

    private PathToken Next()
    {
        if (at == text.Length) return new PathToken(PathTokenKind.End, "", at);
        var first = text[at];
        if (char.IsAsciiLetter(first) || first is '_' or '$') return Take(PathTokenKind.Word, WordLength(at + 1) + 1);
        if (char.IsAsciiDigit(first)) return Take(PathTokenKind.Number, Number().Match(text, at).Length);
        return first switch
        {
            '\'' => Quoted(PathTokenKind.Text, '\''),
            '`' => Quoted(PathTokenKind.Name, '`'),
            '@' => Moment(),
            '%' => Variable(),
            _ => Symbol(),
        };
    }

    private PathToken Take(PathTokenKind kind, int length)
    {
        var token = new PathToken(kind, text.Substring(at, length), at);
        at += length;
        return token;
    }

    private int WordLength(int from)
    {
        var end = from;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_')) end++;
        return end - from;
    }

    private PathToken Symbol()
    {
        foreach (var symbol in Symbols)
        {
            if (StartsWith(symbol)) return Take(PathTokenKind.Symbol, symbol.Length);
        }
        throw new PathException(at, $"The character '{Shown(text[at])}' means nothing here.");
    }

    private static string Shown(char character) => char.IsControl(character) || char.IsSurrogate(character) ? $"U+{(int)character:X4}" : character.ToString();

    private PathToken Variable()
    {
        var start = at++;
        if (at < text.Length && text[at] is '`' or '\'') return Quoted(PathTokenKind.Variable, text[at]) with { Offset = start };
        var length = WordLength(at);
        if (length == 0) throw new PathException(start, "Expected a name after '%'.", "Write %name for a constant of the view.");
        return Take(PathTokenKind.Variable, length) with { Offset = start };
    }

    private PathToken Moment()
    {
        var start = at++;
        var time = Time().Match(text, at);
        if (time.Success) return Take(PathTokenKind.Time, time.Length) with { Text = time.Value[1..], Offset = start };
        var date = Date().Match(text, at);
        if (!date.Success)
            throw new PathException(start, "Expected a date, a dateTime or a time after '@'.", "Write @2024-05-31, @2024-05-31T10:00:00Z or @T10:00:00.");
        var kind = date.Value.Contains('T', StringComparison.Ordinal) ? PathTokenKind.DateTime : PathTokenKind.Date;
        return Take(kind, date.Length) with { Text = date.Value.TrimEnd('T'), Offset = start };
    }

    private PathToken Quoted(PathTokenKind kind, char quote)
    {
        var start = at++;
        var value = new StringBuilder();
        while (at < text.Length && text[at] != quote) value.Append(text[at] == '\\' ? Escaped() : text[at++]);
        if (at == text.Length) throw new PathException(start, $"A text begins here and never ends: expected {quote}.");
        at++;
        if (value.ToString().Contains('\0')) throw new PathException(start, "A text holds U+0000, which no database keeps.");
        return new PathToken(kind, value.ToString(), start);
    }

    private char Escaped()
    {
        var start = at++;
        var kind = at < text.Length ? text[at++] : '\0';
        return kind switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'f' => '\f',
            '\'' or '"' or '`' or '\\' or '/' => kind,
            'u' => Unicode(start),
            _ => throw new PathException(start, "This escape is not known.", "Known: \\' \\\" \\` \\\\ \\/ \\n \\r \\t \\f \\uXXXX."),
        };
    }

    private char Unicode(int start)
    {
        if (at + 4 > text.Length || !int.TryParse(text.AsSpan(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            throw new PathException(start, "Expected four hexadecimal digits after \\u.");
        at += 4;
        return (char)code;
    }

    private bool StartsWith(string symbol) => string.CompareOrdinal(text, at, symbol, 0, symbol.Length) == 0;

    [GeneratedRegex(@"\G\d+(?:\.\d+)?")]
    private static partial Regex Number();

    [GeneratedRegex(@"\GT\d\d(?::\d\d(?::\d\d(?:\.\d+)?)?)?")]
    private static partial Regex Time();

    [GeneratedRegex(@"\G\d{4}(?:-\d\d(?:-\d\d)?)?(?:T(?:\d\d(?::\d\d(?::\d\d(?:\.\d+)?)?)?(?:Z|[+-]\d\d:\d\d)?)?)?")]
    private static partial Regex Date();
}
