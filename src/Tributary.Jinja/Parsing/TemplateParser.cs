using Tributary.Jinja.Lexing;
using Tributary.Jinja.Rendering;
using Tributary.Jinja.Syntax;

namespace Tributary.Jinja.Parsing;

/// <summary>Reads a whole template: text, outputs and tags, each tag with what stands up to its end tag.</summary>
internal sealed class TemplateParser
{
    private readonly TokenCursor cursor;
    private readonly Stack<(string Tag, Location At)> open = new();

    private TemplateParser(SourceText source, TemplateRules rules, FrameLayout layout)
    {
        Rules = rules;
        cursor = new TokenCursor(source, Lexer.Tokenize(source, rules.Syntax));
        Scopes = new Scopes(layout);
        Expressions = new ExpressionParser(cursor, Scopes, rules.Limits);
        Targets = new TargetParser(cursor, Scopes, rules.Limits);
    }

    public TemplateRules Rules { get; }

    public TokenCursor Cursor => cursor;

    public Scopes Scopes { get; }

    public ExpressionParser Expressions { get; }

    public TargetParser Targets { get; }

    public List<Macro> Macros { get; } = [];

    public List<DocsStatement> Docs { get; } = [];

    public List<SnapshotStatement> Snapshots { get; } = [];

    public static TemplateTree Parse(SourceText source, TemplateRules rules)
    {
        var layout = new FrameLayout(null);
        var parser = new TemplateParser(source, rules, layout);
        var body = parser.ParseUntil([]);
        parser.Scopes.Resolve();
        return new TemplateTree(layout, body, parser.Macros, parser.Docs, parser.Snapshots);
    }

    /// <summary>Reads the rest of a tag's head, then its body up to one of the end tags, at whose name the cursor then stands.</summary>
    public Statement[] ParseBody(Location at, string tag, params ReadOnlySpan<string> ends)
    {
        cursor.Expect(TokenKind.BlockEnd, "'%}'");
        Expressions.Enter();
        open.Push((tag, at));
        var body = ParseUntil(ends);
        open.Pop();
        Expressions.Leave();
        return body;
    }

    /// <summary>Reads the name of an end tag and its close.</summary>
    public void ParseEnd(string end)
    {
        cursor.ExpectKeyword(end);
        cursor.Expect(TokenKind.BlockEnd, "'%}'");
    }

    /// <summary>Reads a body in a scope of its own, with its end tag.</summary>
    public ScopedBody ParseScoped(Location at, string tag, string end, NameScope? opened = null)
    {
        var scope = opened ?? Scopes.Open();
        var body = ParseBody(at, tag, end);
        ParseEnd(end);
        Scopes.Close();
        return new ScopedBody(body, scope);
    }

    private Statement[] ParseUntil(ReadOnlySpan<string> ends)
    {
        var body = new List<Statement>();
        while (!cursor.Is(TokenKind.End))
        {
            var at = cursor.Here;
            switch (cursor.Next().Kind)
            {
                case TokenKind.Text:
                    body.Add(ParseText(at));
                    break;
                case TokenKind.OutputBegin:
                    body.Add(ParseOutput(at));
                    break;
                default:
                    if (IsEnd(ends)) return [.. body];
                    body.Add(ParseTag(at));
                    break;
            }
        }

        if (ends.Length > 0) throw NeverClosed(ends);
        return [.. body];
    }

    private TextStatement ParseText(Location at) => new(at, cursor.Source.Text[at.Offset..cursor.LastEnd]);

    private Statement ParseOutput(Location at)
    {
        var expression = Expressions.ParseTuple();
        cursor.Expect(TokenKind.OutputEnd, "'}}'");
        return ReturnOr(expression, () => new OutputStatement(at, expression));
    }

    private Statement ParseTag(Location at)
    {
        if (!cursor.Is(TokenKind.Name)) throw cursor.Unexpected("the name of a tag");
        var name = cursor.Text;
        if (name == "do")
        {
            cursor.Next();
            var expression = Expressions.ParseTuple();
            cursor.Expect(TokenKind.BlockEnd, "'%}'");
            return ReturnOr(expression, () => new DoStatement(at, expression));
        }

        return BlockTags.TryParse(name, at, this) ?? MacroTags.TryParse(name, at, this) ?? throw UnknownTag(name);
    }

    /// <summary>A whole tag that is <c>return(value)</c>, directly in a macro, needs no signal to get out.</summary>
    private Statement ReturnOr(Expression expression, Func<Statement> otherwise)
    {
        var isReturn = Scopes.IsDirectlyInMacro
            && expression is CallExpression { Callee: NameExpression { Name: "return" }, Arguments: { Positional.Count: 1, Named.Count: 0, Rest: null, NamedRest: null } };
        return isReturn ? new ReturnStatement(expression.At, ((CallExpression)expression).Arguments.Positional[0]) : otherwise();
    }

    private bool IsEnd(ReadOnlySpan<string> ends)
    {
        foreach (var end in ends)
        {
            if (cursor.IsName(end)) return true;
        }

        return false;
    }

    private TemplateException NeverClosed(ReadOnlySpan<string> ends)
    {
        var (tag, at) = open.Peek();
        return at.Error($"'{{% {tag} %}}' is never closed: '{{% {ends[^1]} %}}' is missing");
    }

    private TemplateException UnknownTag(string name)
    {
        if (name.StartsWith("end", StringComparison.Ordinal) || name is "else" or "elif")
        {
            var hint = open.TryPeek(out var inner) ? $"'{{% {inner.Tag} %}}' of line {inner.At.Source.PositionOf(inner.At.Offset).Line} is open here." : "Nothing is open here.";
            return cursor.Here.Error($"unexpected '{{% {name} %}}'", hint);
        }

        return name is "include" or "import" or "from" or "extends" or "block"
            ? cursor.Here.Error($"'{{% {name} %}}' is not available", "Templates of a project share macros by name, without including files.")
            : cursor.Here.Error($"there is no tag '{Brief.Name(name)}'", NearestName.Hint(name, [.. BlockTags.Names, .. MacroTags.Names, "do", "raw"]));
    }
}
