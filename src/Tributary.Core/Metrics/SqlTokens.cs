using System.Text.RegularExpressions;

namespace Tributary.Core.Metrics;

/// <summary>The pieces of a SQL expression, enough to say whether it is one expression and which columns it reads.</summary>
internal static partial class SqlTokens
{
    /// <summary>
    /// The tokens in order; null with the text that is none (an open quote, a comment, a dollar quote, a semicolon, a template tag).
    /// </summary>
    public static IReadOnlyList<SqlToken>? Read(string text, out string? odd)
    {
        var tokens = new List<SqlToken>();
        for (var at = 0; at < text.Length;)
        {
            var match = Token().Match(text, at);
            if (!match.Success || match.Index != at)
            {
                odd = text.Substring(at, Math.Min(12, text.Length - at));
                return null;
            }
            at += match.Length;
            var kind = Kinds.First(name => match.Groups[name].Success);
            if (kind != "space") tokens.Add(new SqlToken(kind, match.Value));
        }
        odd = null;
        return tokens;
    }

    private static readonly string[] Kinds = ["space", "clock", "text", "quoted", "number", "word", "cast", "symbol"];

    // A lone - or / is an operator; two of them, and /*, begin a comment.
    [GeneratedRegex("""
        \G(?:(?<space>\s+)
        |(?<clock>\{\{\s*as_of\s*\}\})
        |(?<text>[eEbBxX]?'(?:[^'\\]|''|\\[^'])*')
        |(?<quoted>"(?:[^"]|"")+")
        |(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+)
        |(?<word>[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)
        |(?<cast>::)
        |(?<symbol>-(?!-)|/(?!\*)|\|\||[<>=!]=?|<>|[+*%^&|~@\#?,.()\[\]:]))
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}

/// <summary>One piece: its kind (clock, text, quoted, number, word, cast, symbol) and its text.</summary>
internal readonly record struct SqlToken(string Kind, string Text)
{
    /// <summary>In lower case, as PostgreSQL reads a bare word; a quoted name without its quotes.</summary>
    public string Name => Kind == "quoted" ? Text[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : Text.ToLowerInvariant();

    public bool Is(string symbol) => Kind == "symbol" && Text == symbol;
}
