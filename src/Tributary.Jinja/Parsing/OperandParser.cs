using Tributary.Jinja.Filters;
using Tributary.Jinja.Lexing;
using Tributary.Jinja.Syntax;
using Tributary.Jinja.Tests;

namespace Tributary.Jinja.Parsing;

/// <summary>Reads what operators stand between: literals, names, brackets, then attributes, items, calls, filters and tests.</summary>
internal sealed class OperandParser(TokenCursor cursor, Scopes scopes, ExpressionParser expressions)
{
    public Expression ParsePrimary()
    {
        var at = cursor.Here;
        switch (cursor.Kind)
        {
            case TokenKind.Name:
                return ParseName(at);
            case TokenKind.String:
                return ParseString(at);
            case TokenKind.Integer:
                var whole = NumberLiteral.ReadWhole(cursor.Text, at);
                cursor.Next();
                return new LiteralExpression(at, whole);
            case TokenKind.Float:
                var real = NumberLiteral.ReadFloat(cursor.Text);
                cursor.Next();
                return new LiteralExpression(at, real);
            case TokenKind.LeftParen:
                return ParseParentheses(at);
            case TokenKind.LeftBracket:
                return ParseList(at);
            case TokenKind.LeftBrace:
                return ParseDict(at);
            default:
                throw cursor.Unexpected("an expression");
        }
    }

    public Expression ParsePostfix(Expression node)
    {
        while (true)
        {
            switch (cursor.Kind)
            {
                case TokenKind.Dot:
                    node = expressions.Bounded(ParseAttribute(node));
                    break;
                case TokenKind.LeftBracket:
                    node = expressions.Bounded(ParseSubscript(node));
                    break;
                case TokenKind.LeftParen:
                    node = expressions.Bounded(new CallExpression(node.At, node, ParseArguments()));
                    break;
                default:
                    return node;
            }
        }
    }

    public Expression ParseFiltersAndTests(Expression node)
    {
        while (true)
        {
            if (cursor.Is(TokenKind.Pipe)) node = ParseFilter(node);
            else if (cursor.IsName("is")) node = ParseTest(node);
            else if (cursor.Is(TokenKind.LeftParen)) node = expressions.Bounded(new CallExpression(node.At, node, ParseArguments()));
            else return node;
        }
    }

    /// <summary>A filter with the bar before it; without a target it is the head of a block.</summary>
    public FilterExpression ParseFilter(Expression? target)
    {
        if (target is not null || cursor.Is(TokenKind.Pipe)) cursor.Expect(TokenKind.Pipe, "'|'");
        var at = cursor.Here;
        var name = ParseDottedName("the name of a filter");
        if (FilterTable.Find(name) is null && expressions.Conditions == 0) throw FilterExpression.Unknown(name, at);
        var arguments = cursor.Is(TokenKind.LeftParen) ? ParseArguments() : ArgumentList.Empty;
        return expressions.Bounded(new FilterExpression(at, target, name, arguments));
    }

    public ArgumentList ParseArguments() => new ArgumentParser(cursor, expressions).Parse();

    private Expression ParseName(Location at)
    {
        var name = cursor.Text;
        cursor.Next();
        return name switch
        {
            "true" or "True" => new LiteralExpression(at, true),
            "false" or "False" => new LiteralExpression(at, false),
            "none" or "None" => new LiteralExpression(at, null),
            _ => scopes.Read(new NameExpression(at, name)),
        };
    }

    private LiteralExpression ParseString(Location at)
    {
        var text = StringLiteral.Read(cursor.Span, at);
        cursor.Next();
        if (!cursor.Is(TokenKind.String)) return new LiteralExpression(at, text);
        var parts = new List<string> { text };
        while (cursor.Is(TokenKind.String))
        {
            parts.Add(StringLiteral.Read(cursor.Span, cursor.Here));
            cursor.Next();
        }

        return new LiteralExpression(at, string.Concat(parts));
    }

    private Expression ParseParentheses(Location at)
    {
        cursor.Next();
        if (cursor.Skip(TokenKind.RightParen)) return new TupleExpression(at, []);
        var inner = expressions.ParseTuple();
        cursor.Expect(TokenKind.RightParen, "')' or ','");
        return inner;
    }

    private ListExpression ParseList(Location at)
    {
        cursor.Next();
        var items = new List<Expression>();
        while (!cursor.Skip(TokenKind.RightBracket))
        {
            if (items.Count > 0) cursor.Expect(TokenKind.Comma, "',' or ']'");
            if (cursor.Skip(TokenKind.RightBracket)) break;
            items.Add(expressions.Parse());
        }

        return expressions.Bounded(new ListExpression(at, [.. items]));
    }

    private DictExpression ParseDict(Location at)
    {
        cursor.Next();
        var pairs = new List<KeyValuePair<Expression, Expression>>();
        while (!cursor.Skip(TokenKind.RightBrace))
        {
            if (pairs.Count > 0) cursor.Expect(TokenKind.Comma, "',' or '}'");
            if (cursor.Skip(TokenKind.RightBrace)) break;
            var key = expressions.Parse();
            cursor.Expect(TokenKind.Colon, "':'");
            pairs.Add(new(key, expressions.Parse()));
        }

        return expressions.Bounded(new DictExpression(at, [.. pairs]));
    }

    private Expression ParseAttribute(Expression target)
    {
        cursor.Next();
        var at = cursor.Here;
        if (cursor.Is(TokenKind.Integer))
        {
            var index = NumberLiteral.ReadWhole(cursor.Text, at);
            cursor.Next();
            return new SubscriptExpression(at, target, new LiteralExpression(at, index));
        }

        return new AttributeExpression(at, target, cursor.ExpectName("the name of an attribute"));
    }

    private Expression ParseSubscript(Expression target)
    {
        var at = cursor.Here;
        cursor.Next();
        var node = ParseIndex(target, at);
        cursor.Expect(TokenKind.RightBracket, "']'");
        return node;
    }

    private Expression ParseIndex(Expression target, Location at)
    {
        var first = cursor.Is(TokenKind.Colon) ? null : expressions.Parse();
        if (!cursor.Is(TokenKind.Colon))
        {
            if (!cursor.Is(TokenKind.Comma)) return new SubscriptExpression(at, target, first!); // no colon, so there was an index
            var items = new List<Expression> { first! };
            while (cursor.Skip(TokenKind.Comma) && !cursor.Is(TokenKind.RightBracket)) items.Add(expressions.Parse());
            return new SubscriptExpression(at, target, new TupleExpression(at, [.. items]));
        }

        var bounds = new[] { first, null, null };
        for (var i = 1; i < 3 && cursor.Skip(TokenKind.Colon); i++)
        {
            if (cursor.Kind is not (TokenKind.Colon or TokenKind.RightBracket)) bounds[i] = expressions.Parse();
        }

        return new SliceExpression(at, target, bounds);
    }

    private TestExpression ParseTest(Expression target)
    {
        cursor.Next();
        var isNegated = cursor.SkipName("not");
        var at = cursor.Here;
        var name = ParseDottedName("the name of a test");
        if (TestTable.Find(name) is null && expressions.Conditions == 0) throw TestExpression.Unknown(name, at);
        return expressions.Bounded(new TestExpression(at, target, name, ParseTestArguments()) { IsNegated = isNegated });
    }

    private ArgumentList ParseTestArguments()
    {
        if (cursor.Is(TokenKind.LeftParen)) return ParseArguments();
        var isOperand = cursor.Kind is TokenKind.String or TokenKind.Integer or TokenKind.Float or TokenKind.LeftBracket or TokenKind.LeftBrace
            || (cursor.Is(TokenKind.Name) && !cursor.IsName("else") && !cursor.IsName("or") && !cursor.IsName("and") && !cursor.IsName("if"));
        if (!isOperand) return ArgumentList.Empty;
        if (cursor.IsName("is")) throw cursor.Here.Error("tests cannot be chained with 'is'", "Join them with 'and'.");
        return new ArgumentList([ParsePostfix(ParsePrimary())], [], null, null);
    }

    private string ParseDottedName(string expected)
    {
        var name = cursor.ExpectName(expected);
        if (!cursor.Is(TokenKind.Dot)) return name;
        var parts = new List<string> { name };
        while (cursor.Skip(TokenKind.Dot)) parts.Add(cursor.ExpectName(expected));
        return string.Join('.', parts);
    }
}
