using Tributary.Jinja.Lexing;
using Tributary.Jinja.Syntax;

namespace Tributary.Jinja.Parsing;

/// <summary>Reads expressions: inline if, or, and, not, comparisons, + -, ~, * / // %, **, signs, then <see cref="OperandParser"/>.</summary>
internal sealed class ExpressionParser
{
    private readonly TokenCursor cursor;
    private readonly TemplateLimits limits;
    private readonly OperandParser operands;
    private int depth;

    public ExpressionParser(TokenCursor cursor, Scopes scopes, TemplateLimits limits)
    {
        (this.cursor, this.limits) = (cursor, limits);
        operands = new OperandParser(cursor, scopes, this);
    }

    public OperandParser Operands => operands;

    /// <summary>How many inline ifs and if blocks stand around; unknown filters are an error only outside of them.</summary>
    public int Conditions { get; set; }

    public Expression Parse()
    {
        Enter();
        var start = cursor.Here;
        var then = ParseOr();
        while (cursor.IsName("if"))
        {
            cursor.Next();
            var condition = ParseOr();
            var otherwise = cursor.SkipName("else") ? Parse() : null;
            then = Bounded(new ConditionalExpression(start, condition, then, otherwise));
        }

        Leave();
        return then;
    }

    /// <summary>One expression, or several with commas between them as a tuple.</summary>
    public Expression ParseTuple() => ParseTuple(Parse, IsTupleEnd);

    /// <summary>What a loop loops over: the same, but an if after it belongs to the loop.</summary>
    public Expression ParseIterable() => ParseTuple(ParseOr, () => IsTupleEnd() || cursor.IsName("recursive") || cursor.IsName("if"));

    private Expression ParseTuple(Func<Expression> parseItem, Func<bool> isEnd)
    {
        var start = cursor.Here;
        if (isEnd()) throw cursor.Unexpected("an expression");
        var first = parseItem();
        if (!cursor.Is(TokenKind.Comma)) return first;
        var items = new List<Expression> { first };
        while (cursor.Skip(TokenKind.Comma) && !isEnd()) items.Add(parseItem());
        return Bounded(new TupleExpression(start, [.. items]));
    }

    private bool IsTupleEnd() => cursor.Kind is TokenKind.OutputEnd or TokenKind.BlockEnd or TokenKind.RightParen or TokenKind.End;

    /// <summary>Gives the node back, unless its tree has grown too high to be walked.</summary>
    public T Bounded<T>(T node)
        where T : Expression =>
        node.Height <= limits.ExpressionHeight ? node : throw node.At.Error($"the expression has more than {limits.ExpressionHeight} levels");

    public void Enter()
    {
        if (++depth > limits.NestingDepth) throw cursor.Here.Error($"brackets and operators are nested more than {limits.NestingDepth} deep");
    }

    public void Leave() => depth--;

    private Expression ParseOr()
    {
        var start = cursor.Here;
        var first = ParseAnd();
        if (!cursor.IsName("or")) return first;
        var parts = new List<Expression> { first };
        while (cursor.SkipName("or")) parts.Add(ParseAnd());
        return Bounded(new LogicalExpression(start, false, [.. parts]));
    }

    private Expression ParseAnd()
    {
        var start = cursor.Here;
        var first = ParseNot();
        if (!cursor.IsName("and")) return first;
        var parts = new List<Expression> { first };
        while (cursor.SkipName("and")) parts.Add(ParseNot());
        return Bounded(new LogicalExpression(start, true, [.. parts]));
    }

    private Expression ParseNot()
    {
        if (!cursor.IsName("not")) return ParseComparison();
        var start = cursor.Here;
        cursor.Next();
        Enter();
        var operand = ParseNot();
        Leave();
        return Bounded(new UnaryExpression(start, UnaryOperator.Not, operand));
    }

    private Expression ParseComparison()
    {
        var first = ParseSum();
        if (PeekComparison() is null) return first;
        var start = cursor.Here;
        var rest = new List<KeyValuePair<CompareOperator, Expression>>();
        while (PeekComparison() is { } op)
        {
            cursor.Next();
            if (op == CompareOperator.NotIn) cursor.Next();
            rest.Add(new(op, ParseSum()));
        }

        return Bounded(new CompareExpression(start, first, [.. rest]));
    }

    private CompareOperator? PeekComparison() => cursor.Kind switch
    {
        TokenKind.Equal => CompareOperator.Equal,
        TokenKind.NotEqual => CompareOperator.NotEqual,
        TokenKind.Less => CompareOperator.Less,
        TokenKind.LessEqual => CompareOperator.LessOrEqual,
        TokenKind.Greater => CompareOperator.Greater,
        TokenKind.GreaterEqual => CompareOperator.GreaterOrEqual,
        TokenKind.Name when cursor.IsName("in") => CompareOperator.In,
        TokenKind.Name when cursor.IsName("not") && cursor.NextIsName("in") => CompareOperator.NotIn,
        _ => null,
    };

    private Expression ParseSum()
    {
        var left = ParseConcat();
        while (cursor.Kind is TokenKind.Add or TokenKind.Sub)
        {
            var at = cursor.Here;
            var op = cursor.Next().Kind == TokenKind.Add ? BinaryOperator.Add : BinaryOperator.Subtract;
            left = Bounded(new BinaryExpression(at, op, left, ParseConcat()));
        }

        return left;
    }

    private Expression ParseConcat()
    {
        var start = cursor.Here;
        var first = ParseProduct();
        if (!cursor.Is(TokenKind.Tilde)) return first;
        var parts = new List<Expression> { first };
        while (cursor.Skip(TokenKind.Tilde)) parts.Add(ParseProduct());
        return Bounded(new ConcatExpression(start, [.. parts]));
    }

    private Expression ParseProduct()
    {
        var left = ParsePower();
        while (true)
        {
            BinaryOperator? op = cursor.Kind switch
            {
                TokenKind.Mul => BinaryOperator.Multiply,
                TokenKind.Div => BinaryOperator.Divide,
                TokenKind.FloorDiv => BinaryOperator.FloorDivide,
                TokenKind.Mod => BinaryOperator.Modulo,
                _ => null,
            };
            if (op is null) return left;
            var at = cursor.Here;
            cursor.Next();
            left = Bounded(new BinaryExpression(at, op.Value, left, ParsePower()));
        }
    }

    /// <summary>Unlike Python, and like Jinja: to the left, and looser than a sign, so that <c>-2**2</c> is 4.</summary>
    private Expression ParsePower()
    {
        var left = ParseUnary(true);
        while (cursor.Is(TokenKind.Pow))
        {
            var at = cursor.Here;
            cursor.Next();
            left = Bounded(new BinaryExpression(at, BinaryOperator.Power, left, ParseUnary(true)));
        }

        return left;
    }

    private Expression ParseUnary(bool allowsFilters)
    {
        var start = cursor.Here;
        Expression node;
        if (cursor.Kind is TokenKind.Sub or TokenKind.Add)
        {
            var op = cursor.Next().Kind == TokenKind.Sub ? UnaryOperator.Negate : UnaryOperator.Plus;
            Enter();
            node = Bounded(new UnaryExpression(start, op, ParseUnary(false)));
            Leave();
        }
        else
        {
            node = operands.ParsePrimary();
        }

        node = operands.ParsePostfix(node);
        return allowsFilters ? operands.ParseFiltersAndTests(node) : node;
    }
}
