namespace Tributary.Core.Fhir.Paths;

/// <summary>Parses FHIRPath by precedence climbing (FHIRPath 2.0, "Operator Precedence"); bounded in depth, so that no text overflows the stack.</summary>
internal sealed class PathParser
{
    private const int Deepest = 64;
    private const int Prefix = 10;

    private static readonly Dictionary<string, int> Precedence = new(StringComparer.Ordinal)
    {
        ["implies"] = 1,
        ["or"] = 2,
        ["xor"] = 2,
        ["and"] = 3,
        ["in"] = 4,
        ["contains"] = 4,
        ["="] = 5,
        ["~"] = 5,
        ["!="] = 5,
        ["!~"] = 5,
        ["<"] = 6,
        ["<="] = 6,
        [">"] = 6,
        [">="] = 6,
        ["|"] = 7,
        ["is"] = 8,
        ["as"] = 8,
        ["+"] = 9,
        ["-"] = 9,
        ["&"] = 9,
        ["*"] = Prefix,
        ["/"] = Prefix,
        ["div"] = Prefix,
        ["mod"] = Prefix,
    };

    private static readonly string[] CalendarUnits = ["year", "month", "week", "day", "hour", "minute", "second", "millisecond"];

    private readonly List<PathToken> tokens;
    private int at;
    private int depth;

    private PathParser(List<PathToken> tokens) => this.tokens = tokens;

    private PathToken Current => tokens[at];

    /// <summary>The whole text as one expression; throws <see cref="PathException"/> with the place of what was not expected.</summary>
    public static PathNode Parse(string text)
    {
        var parser = new PathParser(new PathLexer(text).Read());
        var node = parser.Expression(0);
        return parser.Current.Kind == PathTokenKind.End ? node : throw parser.Unexpected("an operator or the end");
    }

    private PathNode Expression(int minimum)
    {
        if (++depth > Deepest) throw new PathException(Current.Offset, $"The expression nests more than {Deepest} levels deep.");
        var left = Prefixed();
        while (Operator() is { } symbol && Precedence[symbol] is var level && level > minimum) left = Operation(left, symbol, level);
        depth--;
        return left;
    }

    private string? Operator() =>
        Current.Kind is PathTokenKind.Symbol or PathTokenKind.Word && Precedence.ContainsKey(Current.Text) ? Current.Text : null;

    private PathNode Operation(PathNode left, string symbol, int level)
    {
        var offset = Take().Offset;
        return symbol is "is" or "as"
            ? new PathNode.Typed(offset, symbol, left, TypeName())
            : new PathNode.Binary(offset, symbol, left, Expression(level));
    }

    private PathNode TypeName()
    {
        PathNode type = new PathNode.Member(Current.Offset, null, Identifier("a type"));
        while (Current.Is("."))
        {
            Take();
            type = new PathNode.Member(Current.Offset, type, Identifier("a type"));
        }
        return type;
    }

    private PathNode Prefixed()
    {
        if (!Current.Is("-") && !Current.Is("+")) return Postfixed(Term());
        var sign = Take();
        return new PathNode.Sign(sign.Offset, sign.Text, Expression(Prefix));
    }

    private PathNode Postfixed(PathNode node)
    {
        while (true)
        {
            if (Current.Is("."))
            {
                Take();
                node = Invocation(node);
            }
            else if (Current.Is("["))
            {
                var offset = Take().Offset;
                node = new PathNode.Indexed(offset, node, Expression(0));
                Expect("]");
            }
            else
            {
                return node;
            }
        }
    }

    private PathNode Term()
    {
        var token = Current;
        if (token.Kind is PathTokenKind.Word && token.Text is "true" or "false") return new PathNode.Literal(Take().Offset, PathKind.Boolean, token.Text);
        if (token.Is("(")) return Parenthesized();
        if (token.Is("{")) return Empty();
        return token.Kind switch
        {
            PathTokenKind.Word or PathTokenKind.Name => Invocation(null),
            PathTokenKind.Text => new PathNode.Literal(Take().Offset, PathKind.String, token.Text),
            PathTokenKind.Number => Number(),
            PathTokenKind.Date => new PathNode.Literal(Take().Offset, PathKind.Date, token.Text),
            PathTokenKind.DateTime => new PathNode.Literal(Take().Offset, PathKind.DateTime, token.Text),
            PathTokenKind.Time => new PathNode.Literal(Take().Offset, PathKind.Time, token.Text),
            PathTokenKind.Variable => new PathNode.Variable(Take().Offset, token.Text),
            _ => throw Unexpected("a path, a function, a literal or '('"),
        };
    }

    private PathNode Parenthesized()
    {
        Take();
        var inner = Expression(0);
        Expect(")");
        return inner;
    }

    private PathNode.Nothing Empty()
    {
        var offset = Take().Offset;
        Expect("}");
        return new PathNode.Nothing(offset);
    }

    private PathNode.Literal Number()
    {
        var token = Take();
        var kind = token.Text.Contains('.', StringComparison.Ordinal) ? PathKind.Decimal : PathKind.Integer;
        if (Current.Kind == PathTokenKind.Text) return new PathNode.Literal(token.Offset, PathKind.Quantity, token.Text, Take().Text);
        if (Current.Kind == PathTokenKind.Word && Array.IndexOf(CalendarUnits, Current.Text.TrimEnd('s')) >= 0)
            return new PathNode.Literal(token.Offset, PathKind.Quantity, token.Text, Take().Text.TrimEnd('s'));
        return new PathNode.Literal(token.Offset, kind, token.Text);
    }

    private PathNode Invocation(PathNode? source)
    {
        var token = Current;
        var name = Identifier("the name of an element or a function");
        if (token.Kind == PathTokenKind.Word && name[0] == '$')
            return source is null && name is "$this" or "$index" ? new PathNode.Context(token.Offset, name)
                : throw new PathException(token.Offset, $"{name} is not known here.", "Known: $this and $index, at the beginning of a path.");
        return Current.Is("(") ? new PathNode.Call(token.Offset, source, name, Arguments()) : new PathNode.Member(token.Offset, source, name);
    }

    private List<PathNode> Arguments()
    {
        var arguments = new List<PathNode>();
        Expect("(");
        if (!Current.Is(")"))
        {
            arguments.Add(Expression(0));
            while (Current.Is(","))
            {
                Take();
                arguments.Add(Expression(0));
            }
        }
        Expect(")");
        return arguments;
    }

    private string Identifier(string expected)
    {
        if (Current.Kind is not (PathTokenKind.Word or PathTokenKind.Name)) throw Unexpected(expected);
        var token = Take();
        if (token.Text.Length == 0) throw new PathException(token.Offset, "A name in backticks is empty.");
        if (token.Kind == PathTokenKind.Word && token.Text is "div" or "mod" or "and" or "or" or "xor" or "implies" or "true" or "false")
            throw new PathException(token.Offset, $"Found '{token.Text}', expected {expected}.", "An element of that name stands in backticks.");
        return token.Text;
    }

    private PathToken Take() => tokens[at++];

    private void Expect(string symbol)
    {
        if (!Current.Is(symbol)) throw Unexpected($"'{symbol}'");
        at++;
    }

    private PathException Unexpected(string expected) => new(Current.Offset, $"Found {Current.Found}, expected {expected}.");
}
