namespace Tributary.Jinja.Lexing;

/// <summary>Cuts a template into tokens: the text between tags, and what stands inside them.</summary>
internal sealed class Lexer
{
    private readonly SourceText source;
    private readonly string text;
    private readonly int end;
    private readonly TemplateSyntax syntax;
    private readonly List<Token> tokens;
    private readonly ExpressionLexer expressions;
    private int at;
    private TagBoundary boundary;

    private Lexer(SourceText source, TemplateSyntax syntax)
    {
        this.source = source;
        this.syntax = syntax;
        text = source.Text;
        end = !syntax.KeepTrailingNewline && text.EndsWith('\n') ? text.Length - 1 : text.Length;
        tokens = new List<Token>(16 + (text.Length / 12));
        expressions = new ExpressionLexer(source, end, tokens);
    }

    public static List<Token> Tokenize(SourceText source, TemplateSyntax syntax)
    {
        var lexer = new Lexer(source, syntax);
        lexer.ReadAll();
        return lexer.tokens;
    }

    private void ReadAll()
    {
        while (at < end)
        {
            var from = at;
            at = FindTag(from);
            AddText(from, at);
            if (at < end) ReadTag();
        }

        tokens.Add(new Token(TokenKind.End, end, 0));
    }

    private int FindTag(int from)
    {
        while (true)
        {
            var found = text.AsSpan(from, end - from).IndexOf('{');
            if (found < 0 || from + found + 1 >= end) return end;
            from += found;
            if (text[from + 1] is '{' or '%' or '#') return from;
            from++;
        }
    }

    private void AddText(int from, int to)
    {
        if (boundary == TagBoundary.StripWhitespace)
        {
            while (from < to && char.IsWhiteSpace(text[from])) from++;
        }
        else if (boundary == TagBoundary.StripNewline && from < to && text[from] == '\n')
        {
            from++;
        }

        to = StripBeforeTag(from, to);
        if (to > from) tokens.Add(new Token(TokenKind.Text, from, to - from));
        boundary = TagBoundary.Keep;
    }

    private int StripBeforeTag(int from, int to)
    {
        if (to + 2 >= end) return to;
        var sign = text[to + 2];
        if (sign == '-')
        {
            while (to > from && char.IsWhiteSpace(text[to - 1])) to--;
        }
        else if (syntax.LeftStripBlocks && sign != '+' && text[to + 1] != '{')
        {
            var blank = to;
            while (blank > from && text[blank - 1] is ' ' or '\t') blank--;
            if (blank == 0 || text[blank - 1] == '\n') return Math.Max(blank, from);
        }

        return to;
    }

    private void ReadTag()
    {
        switch (text[at + 1])
        {
            case '#':
                ReadComment();
                break;
            case '{':
                Enter(TokenKind.OutputBegin);
                (at, boundary) = expressions.ReadUntil(at, tokens[^1].Start, TokenKind.OutputEnd);
                break;
            default:
                ReadBlock();
                break;
        }
    }

    private void Enter(TokenKind kind)
    {
        tokens.Add(new Token(kind, at, 2));
        at += 2;
        if (at < end && text[at] is '-' or '+') at++;
    }

    private void ReadComment()
    {
        var close = text.AsSpan(at + 2, end - at - 2).IndexOf("#}");
        if (close < 0) throw new TemplateException("this comment is never closed", source, at, "A comment ends with '#}'.");
        var stop = at + 2 + close;
        boundary = AfterBlock(close > 0 ? text[stop - 1] : ' ');
        at = stop + 2;
    }

    private void ReadBlock()
    {
        if (RawTag(at, "raw") is { } raw)
        {
            var open = at;
            (at, boundary) = (raw.End, raw.After == '-' ? TagBoundary.StripWhitespace : TagBoundary.Keep);
            var close = CopyUntil("endraw", open);
            (at, boundary) = (close.End, AfterBlock(close.After));
            return;
        }

        var begin = tokens.Count;
        Enter(TokenKind.BlockBegin);
        (at, var closedBy) = expressions.ReadUntil(at, tokens[begin].Start, TokenKind.BlockEnd);
        boundary = closedBy == TagBoundary.Keep && syntax.TrimBlocks && text[at - 3] != '+' ? TagBoundary.StripNewline : closedBy;
        if (IsName(begin + 1, "docs")) CopyUntil("enddocs", tokens[begin].Start);
    }

    private bool IsName(int index, string name) =>
        tokens[index] is { Kind: TokenKind.Name } token && text.AsSpan(token.Start, token.Length).SequenceEqual(name);

    /// <summary>Copies the text as it stands up to the closing tag, which stays to be read.</summary>
    private (int End, char After) CopyUntil(string endTag, int open)
    {
        for (var from = at; ; from += 2)
        {
            var found = text.AsSpan(from, end - from).IndexOf("{%");
            if (found < 0) throw new TemplateException($"this block is never closed: '{{% {endTag} %}}' is missing", source, open);
            from += found;
            if (RawTag(from, endTag) is not { } close) continue;
            AddText(at, from);
            at = from;
            return close;
        }
    }

    /// <summary>The extent of a tag that holds one bare word, and the sign before its close.</summary>
    private (int End, char After)? RawTag(int from, string word)
    {
        var i = from + 2;
        if (i < end && text[i] is '-' or '+') i++;
        i = SkipWhitespace(i);
        if (!text.AsSpan(i, end - i).StartsWith(word)) return null;
        i = SkipWhitespace(i + word.Length);
        var sign = i < end && text[i] is '-' or '+' ? text[i++] : ' ';
        return text.AsSpan(i, end - i).StartsWith("%}") ? (i + 2, sign) : null;
    }

    private int SkipWhitespace(int i)
    {
        while (i < end && char.IsWhiteSpace(text[i])) i++;
        return i;
    }

    private TagBoundary AfterBlock(char sign) => sign switch
    {
        '-' => TagBoundary.StripWhitespace,
        '+' => TagBoundary.Keep,
        _ => syntax.TrimBlocks ? TagBoundary.StripNewline : TagBoundary.Keep,
    };
}
