namespace Tributary.Jinja.Lexing;

/// <summary>Reads the tokens inside one tag, up to the mark that closes it.</summary>
internal sealed class ExpressionLexer(SourceText source, int end, List<Token> tokens)
{
    private readonly string text = source.Text;
    private readonly Stack<int> brackets = new();
    private int at;

    /// <summary>Reads from <paramref name="from"/> to the end of the tag that opened at <paramref name="open"/>.</summary>
    public (int Next, TagBoundary Boundary) ReadUntil(int from, int open, TokenKind closer)
    {
        at = from;
        brackets.Clear();
        while (true)
        {
            while (at < end && char.IsWhiteSpace(text[at])) at++;
            if (at >= end) throw Unclosed(open);
            if (brackets.Count == 0 && TryClose(closer) is { } boundary) return (at, boundary);
            ReadToken();
        }
    }

    private TemplateException Unclosed(int open) => brackets.Count > 0
        ? new TemplateException($"'{text[brackets.Peek()]}' is never closed", source, brackets.Peek())
        : new TemplateException($"this tag is never closed: '{(text[open + 1] == '{' ? "}}" : "%}")}' is missing", source, open);

    private TagBoundary? TryClose(TokenKind closer)
    {
        var sign = text[at] is '-' or '+' ? text[at] : ' ';
        if (sign == '+' && closer == TokenKind.OutputEnd) return null;
        var mark = sign == ' ' ? at : at + 1;
        if (!text.AsSpan(mark, end - mark).StartsWith(closer == TokenKind.OutputEnd ? "}}" : "%}")) return null;
        tokens.Add(new Token(closer, at, mark + 2 - at));
        at = mark + 2;
        return sign == '-' ? TagBoundary.StripWhitespace : TagBoundary.Keep;
    }

    private void ReadToken()
    {
        var c = text[at];
        if (IsNameStart(c)) ReadName();
        else if (char.IsAsciiDigit(c)) ReadNumber();
        else if (c is '"' or '\'') ReadString(c);
        else ReadOperator(c);
    }

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_' || (c > 127 && char.IsLetter(c));

    private void ReadName()
    {
        var start = at++;
        while (at < end && (char.IsLetterOrDigit(text[at]) || text[at] == '_')) at++;
        Add(TokenKind.Name, start);
    }

    private void ReadString(char quote)
    {
        var start = at;
        while (true)
        {
            var rest = text.AsSpan(at + 1, end - at - 1);
            var found = rest.IndexOfAny(quote, '\\');
            if (found < 0) throw new TemplateException("this string is never closed", source, start);
            at += 1 + found;
            if (text[at] == quote) break;
            if (++at >= end) throw new TemplateException("this string is never closed", source, start);
        }

        at++;
        Add(TokenKind.String, start);
    }

    private void ReadNumber()
    {
        var start = at;
        if (text[at] == '0' && at + 1 < end && (text[at + 1] | 0x20) is 'x' or 'o' or 'b')
        {
            at += 2;
            while (at < end && (char.IsAsciiHexDigit(text[at]) || text[at] == '_')) at++;
            Add(TokenKind.Integer, start);
            return;
        }

        var isFloat = false;
        SkipDigits();
        var isAfterDot = tokens.Count > 0 && tokens[^1].Kind == TokenKind.Dot;
        if (!isAfterDot && Peek(0) == '.' && char.IsAsciiDigit(Peek(1)))
        {
            isFloat = true;
            at++;
            SkipDigits();
        }

        if (!isAfterDot && (Peek(0) | 0x20) == 'e' && (char.IsAsciiDigit(Peek(1)) || (Peek(1) is '+' or '-' && char.IsAsciiDigit(Peek(2)))))
        {
            isFloat = true;
            at += 2;
            SkipDigits();
        }

        Add(isFloat ? TokenKind.Float : TokenKind.Integer, start);
    }

    private char Peek(int ahead) => at + ahead < end ? text[at + ahead] : '\0';

    private void SkipDigits()
    {
        while (at < end && (char.IsAsciiDigit(text[at]) || (text[at] == '_' && char.IsAsciiDigit(Peek(1))))) at++;
    }

    private void ReadOperator(char c)
    {
        var (kind, length) = Operators.Read(c, Peek(1));
        if (kind == TokenKind.End) throw new TemplateException($"unexpected character '{c}'", source, at);
        if (kind is TokenKind.LeftParen or TokenKind.LeftBracket or TokenKind.LeftBrace) brackets.Push(at);
        if (kind is TokenKind.RightParen or TokenKind.RightBracket or TokenKind.RightBrace) CloseBracket(c);
        var start = at;
        at += length;
        Add(kind, start);
    }

    private void CloseBracket(char c)
    {
        if (!brackets.TryPop(out var open)) throw new TemplateException($"unexpected '{c}': nothing is open here", source, at);
        var expected = text[open] switch { '(' => ')', '[' => ']', _ => '}' };
        if (c != expected) throw new TemplateException($"unexpected '{c}', expected '{expected}'", source, at);
    }

    private void Add(TokenKind kind, int start) => tokens.Add(new Token(kind, start, at - start));
}
