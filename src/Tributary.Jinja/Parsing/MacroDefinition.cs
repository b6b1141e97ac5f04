using Tributary.Jinja.Lexing;
using Tributary.Jinja.Rendering;
using Tributary.Jinja.Syntax;

namespace Tributary.Jinja.Parsing;

/// <summary>Reads one macro, test, materialization or call block: parameters, then the body in a frame of its own.</summary>
internal sealed class MacroDefinition(TemplateParser parser, Location at, string tag)
{
    private readonly TokenCursor cursor = parser.Cursor;
    private readonly List<MacroParameter> parameters = [];

    public MacroKind Kind { get; init; }

    public string Adapter { get; set; } = "default";

    public IReadOnlyList<string> SupportedLanguages { get; set; } = [];

    public NameScope Outer { get; } = parser.Scopes.Current;

    private NameScope? Scope { get; set; }

    public Macro Parse(string name)
    {
        Open();
        ParseParameters();
        return ParseBody(name);
    }

    public NameScope Open() => Scope = parser.Scopes.Open(new FrameLayout(Outer.Layout));

    public void ParseParameters()
    {
        cursor.Expect(TokenKind.LeftParen, "'('");
        while (!cursor.Skip(TokenKind.RightParen))
        {
            if (parameters.Count > 0) cursor.Expect(TokenKind.Comma, "',' or ')'");
            if (cursor.Skip(TokenKind.RightParen)) break;
            ParseParameter();
        }
    }

    public Macro ParseBody(string name)
    {
        var scope = Scope ?? Open();
        foreach (var implicitName in MacroTags.ImplicitNames) scope.Declare(implicitName);
        var scopes = parser.Scopes;
        var (wasInMacro, wasInLoop) = (scopes.IsDirectlyInMacro, scopes.IsInLoop);
        (scopes.IsDirectlyInMacro, scopes.IsInLoop) = (Kind != MacroKind.CallBlock, false);
        var body = parser.ParseScoped(at, tag, "end" + tag, scope);
        (scopes.IsDirectlyInMacro, scopes.IsInLoop) = (wasInMacro, wasInLoop);
        return new Macro(at, name, [.. parameters], body)
        {
            Kind = Kind,
            Adapter = Adapter,
            SupportedLanguages = SupportedLanguages,
            End = cursor.LastEnd,
        };
    }

    private void ParseParameter()
    {
        var place = cursor.Here;
        var target = parser.Targets.ParseName();
        if (parameters.Exists(p => p.Name == target.Name)) throw place.Error($"there are two parameters '{target.Name}'");
        var slot = parser.Scopes.Current.Declare(target.Name);
        Expression? value = null;
        if (cursor.Skip(TokenKind.Assign)) value = parser.Expressions.Parse();
        else if (parameters.Count > 0 && parameters[^1].Default is not null) throw place.Error("a parameter without a default stands before those with one");
        parameters.Add(new MacroParameter(target.Name, value, slot));
    }
}
