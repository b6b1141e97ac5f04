using Tributary.Jinja.Lexing;
using Tributary.Jinja.Syntax;

namespace Tributary.Jinja.Parsing;

/// <summary>Reads what stands left of an assignment, and declares its names in the current scope.</summary>
internal sealed class TargetParser(TokenCursor cursor, Scopes scopes, TemplateLimits limits)
{
    private int depth;

    /// <summary>One target, or several with commas between them.</summary>
    public AssignmentTarget Parse()
    {
        var at = cursor.Here;
        var first = ParseOne();
        return cursor.Is(TokenKind.Comma) ? ParseRest(at, first) : first;
    }

    public NameTarget ParseName()
    {
        var at = cursor.Here;
        var name = cursor.ExpectName("a name");
        if (name is "true" or "false" or "none" or "True" or "False" or "None") throw at.Error($"'{name}' cannot be assigned to");
        return new NameTarget(at, name, scopes.Current.Declare(name));
    }

    private TupleTarget ParseRest(Location at, AssignmentTarget first)
    {
        var targets = new List<AssignmentTarget> { first };
        while (cursor.Skip(TokenKind.Comma) && cursor.Kind is TokenKind.Name or TokenKind.LeftParen && !cursor.IsName("in")) targets.Add(ParseOne());
        return new TupleTarget(at, [.. targets]);
    }

    private AssignmentTarget ParseOne()
    {
        if (cursor.Is(TokenKind.LeftParen)) return ParseParentheses();
        if (cursor.NextKind != TokenKind.Dot) return ParseName();
        var at = cursor.Here;
        var owner = scopes.Read(new NameExpression(at, cursor.ExpectName("a name")));
        cursor.Next();
        return new AttributeTarget(at, owner, cursor.ExpectName("the name of an attribute"));
    }

    private AssignmentTarget ParseParentheses()
    {
        if (++depth > limits.NestingDepth) throw cursor.Here.Error($"brackets are nested more than {limits.NestingDepth} deep");
        cursor.Next();
        var inner = Parse();
        cursor.Expect(TokenKind.RightParen, "')'");
        depth--;
        return inner;
    }
}
