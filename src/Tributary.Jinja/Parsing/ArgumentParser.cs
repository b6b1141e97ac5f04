using Tributary.Jinja.Lexing;
using Tributary.Jinja.Syntax;

namespace Tributary.Jinja.Parsing;

/// <summary>Reads the arguments of one call, filter or test, with their brackets.</summary>
internal sealed class ArgumentParser(TokenCursor cursor, ExpressionParser expressions)
{
    private readonly List<Expression> positional = [];
    private readonly List<KeyValuePair<string, Expression>> named = [];
    private Expression? rest;
    private Expression? namedRest;

    public ArgumentList Parse()
    {
        cursor.Expect(TokenKind.LeftParen, "'('");
        for (var isFirst = true; !cursor.Skip(TokenKind.RightParen); isFirst = false)
        {
            if (!isFirst) cursor.Expect(TokenKind.Comma, "',' or ')'");
            if (cursor.Skip(TokenKind.RightParen)) break;
            ParseOne();
        }

        return new ArgumentList([.. positional], [.. named], rest, namedRest);
    }

    private void ParseOne()
    {
        var at = cursor.Here;
        if (cursor.Skip(TokenKind.Mul))
        {
            if (rest is not null || namedRest is not null) throw at.Error("'*' may stand once, before '**'");
            rest = expressions.Parse();
        }
        else if (cursor.Skip(TokenKind.Pow))
        {
            if (namedRest is not null) throw at.Error("'**' may stand only once");
            namedRest = expressions.Parse();
        }
        else if (cursor.Is(TokenKind.Name) && cursor.NextKind == TokenKind.Assign)
        {
            if (namedRest is not null) throw at.Error("arguments by name stand before '**'");
            var name = cursor.Text;
            cursor.Next();
            cursor.Next();
            named.Add(new(name, expressions.Parse()));
        }
        else
        {
            if (named.Count > 0 || rest is not null || namedRest is not null) throw at.Error("arguments by position stand before those by name");
            positional.Add(expressions.Parse());
        }
    }
}
