using Tributary.Jinja.Lexing;
using Tributary.Jinja.Rendering;
using Tributary.Jinja.Syntax;

namespace Tributary.Jinja.Parsing;

/// <summary>The tags that choose, repeat, assign and filter.</summary>
internal static class BlockTags
{
    public static IReadOnlyList<string> Names { get; } = ["if", "for", "set", "filter", "with", "print", "break", "continue"];

    /// <summary>The statement of a tag at whose name the parser stands; null for a tag of another kind.</summary>
    public static Statement? TryParse(string name, Location at, TemplateParser parser)
    {
        Func<Location, TemplateParser, Statement>? parse = name switch
        {
            "if" => ParseIf,
            "for" => ParseFor,
            "set" => ParseSet,
            "filter" => ParseFilter,
            "with" => ParseWith,
            "print" => ParsePrint,
            "break" or "continue" when parser.Rules.Syntax.LoopControls => (place, p) => ParseLoopControl(place, p, name == "break"),
            _ => null,
        };
        if (parse is null) return null;
        parser.Cursor.Next();
        return parse(at, parser);
    }

    private static IfStatement ParseIf(Location at, TemplateParser parser)
    {
        var (branches, cursor) = (new List<IfBranch>(), parser.Cursor);
        parser.Expressions.Conditions++;
        Statement[] otherwise = [];
        do
        {
            var condition = parser.Expressions.ParseTuple();
            branches.Add(new IfBranch(condition, parser.ParseBody(at, "if", "elif", "else", "endif")));
        }
        while (cursor.SkipName("elif"));

        if (cursor.SkipName("else")) otherwise = parser.ParseBody(at, "if", "endif");
        parser.ParseEnd("endif");
        parser.Expressions.Conditions--;
        return new IfStatement(at, [.. branches], otherwise);
    }

    private static ForStatement ParseFor(Location at, TemplateParser parser)
    {
        var (cursor, scopes) = (parser.Cursor, parser.Scopes);
        var outer = scopes.Current;
        var isRecursive = cursor.TagEndsWith("recursive");
        var layout = isRecursive ? new FrameLayout(outer.Layout) : null;
        var (wasInMacro, wasInLoop) = (scopes.IsDirectlyInMacro, scopes.IsInLoop);
        var scope = scopes.Open(layout);
        var target = parser.Targets.Parse();
        cursor.ExpectKeyword("in");
        scopes.Current = outer;
        var iterable = parser.Expressions.ParseIterable();
        scopes.Current = scope;
        var filter = cursor.SkipName("if") ? parser.Expressions.Parse() : null;
        if (isRecursive) cursor.ExpectKeyword("recursive");
        var head = new ForHead(target, iterable, filter, layout, scope.Declare("loop"));
        scopes.IsDirectlyInMacro &= !isRecursive;
        scopes.IsInLoop = true;
        var body = parser.ParseBody(at, "for", "else", "endfor");
        scopes.IsInLoop = wasInLoop;
        var otherwise = cursor.SkipName("else") ? parser.ParseBody(at, "for", "endfor") : [];
        parser.ParseEnd("endfor");
        scopes.Close();
        scopes.IsDirectlyInMacro = wasInMacro;
        return new ForStatement(at, head, new ScopedBody(body, scope), otherwise);
    }

    private static Statement ParseSet(Location at, TemplateParser parser)
    {
        var cursor = parser.Cursor;
        var target = parser.Targets.Parse();
        if (cursor.Skip(TokenKind.Assign))
        {
            var expression = parser.Expressions.ParseTuple();
            cursor.Expect(TokenKind.BlockEnd, "'%}'");
            return new SetStatement(at, target, expression);
        }

        if (target is TupleTarget || cursor.Kind is not (TokenKind.Pipe or TokenKind.BlockEnd)) throw cursor.Unexpected("'='");
        var filters = cursor.Is(TokenKind.Pipe) ? ParseFilters(parser) : [];
        return new SetBlockStatement(at, target, filters, parser.ParseScoped(at, "set", "endset"));
    }

    private static FilterStatement ParseFilter(Location at, TemplateParser parser)
    {
        var filters = ParseFilters(parser);
        return new FilterStatement(at, filters, parser.ParseScoped(at, "filter", "endfilter"));
    }

    private static FilterExpression[] ParseFilters(TemplateParser parser)
    {
        var filters = new List<FilterExpression> { parser.Expressions.Operands.ParseFilter(null) };
        while (parser.Cursor.Is(TokenKind.Pipe)) filters.Add(parser.Expressions.Operands.ParseFilter(null));
        return [.. filters];
    }

    private static WithStatement ParseWith(Location at, TemplateParser parser)
    {
        var (cursor, scopes) = (parser.Cursor, parser.Scopes);
        var outer = scopes.Current;
        var scope = scopes.Open();
        var assignments = new List<KeyValuePair<AssignmentTarget, Expression>>();
        while (!cursor.Is(TokenKind.BlockEnd))
        {
            if (assignments.Count > 0) cursor.Expect(TokenKind.Comma, "',' or '%}'");
            var target = parser.Targets.Parse();
            cursor.Expect(TokenKind.Assign, "'='");
            scopes.Current = outer;
            assignments.Add(new(target, parser.Expressions.Parse()));
            scopes.Current = scope;
        }

        return new WithStatement(at, [.. assignments], parser.ParseScoped(at, "with", "endwith", scope));
    }

    private static OutputStatement ParsePrint(Location at, TemplateParser parser)
    {
        var expression = parser.Expressions.ParseTuple();
        parser.Cursor.Expect(TokenKind.BlockEnd, "'%}'");
        return new OutputStatement(at, expression);
    }

    private static LoopControlStatement ParseLoopControl(Location at, TemplateParser parser, bool isBreak)
    {
        if (!parser.Scopes.IsInLoop) throw at.Error($"'{{% {(isBreak ? "break" : "continue")} %}}' stands outside of a loop");
        parser.Cursor.Expect(TokenKind.BlockEnd, "'%}'");
        return new LoopControlStatement(at, isBreak);
    }
}
