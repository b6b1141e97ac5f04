using Tributary.Jinja.Lexing;
using Tributary.Jinja.Syntax;

namespace Tributary.Jinja.Parsing;

/// <summary>Walks over the tokens of a template, and says what it found when something else was expected.</summary>
internal sealed class TokenCursor(SourceText source, List<Token> tokens)
{
    private int at;

    public Token Current => tokens[at];

    public TokenKind Kind => tokens[at].Kind;

    public TokenKind NextKind => at + 1 < tokens.Count ? tokens[at + 1].Kind : TokenKind.End;

    public Location Here => new(source, tokens[at].Start);

    /// <summary>Where the token before the current one ends.</summary>
    public int LastEnd => at == 0 ? 0 : tokens[at - 1].Start + tokens[at - 1].Length;

    public SourceText Source => source;

    public ReadOnlySpan<char> Span => SpanOf(tokens[at]);

    public string Text => Span.ToString();

    public Token Next() => tokens[at].Kind == TokenKind.End ? tokens[at] : tokens[at++];

    public bool Is(TokenKind kind) => tokens[at].Kind == kind;

    public bool Skip(TokenKind kind)
    {
        if (tokens[at].Kind != kind) return false;
        at++;
        return true;
    }

    public bool IsName(string name) => tokens[at].Kind == TokenKind.Name && Span.SequenceEqual(name);

    public bool NextIsName(string name) => NextKind == TokenKind.Name && SpanOf(tokens[at + 1]).SequenceEqual(name);

    public bool SkipName(string name)
    {
        if (!IsName(name)) return false;
        at++;
        return true;
    }

    public Token Expect(TokenKind kind, string expected)
    {
        if (tokens[at].Kind != kind) throw Unexpected(expected);
        return tokens[at++];
    }

    public string ExpectName(string expected)
    {
        var token = Expect(TokenKind.Name, expected);
        return SpanOf(token).ToString();
    }

    public void ExpectKeyword(string word)
    {
        if (!SkipName(word)) throw Unexpected($"'{word}'");
    }

    public TemplateException Unexpected(string expected) => Here.Error($"unexpected {Describe()}, expected {expected}");

    public string Describe() => Kind switch
    {
        TokenKind.End => "end of the template",
        TokenKind.Text => "text",
        _ => Span.Length > 40 ? $"'{Span[..40]}…'" : $"'{Span}'",
    };

    /// <summary>Whether the tag at hand ends with this word, and not as the thing that is looped over.</summary>
    public bool TagEndsWith(string word)
    {
        var last = at;
        while (tokens[last].Kind is not (TokenKind.BlockEnd or TokenKind.End)) last++;
        return last - 2 > at && tokens[last - 1].Kind == TokenKind.Name && SpanOf(tokens[last - 1]).SequenceEqual(word)
            && !SpanOf(tokens[last - 2]).SequenceEqual("in");
    }

    private ReadOnlySpan<char> SpanOf(Token token) => source.Text.AsSpan(token.Start, token.Length);
}
