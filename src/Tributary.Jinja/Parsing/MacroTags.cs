using Tributary.Jinja.Lexing;
using Tributary.Jinja.Rendering;
using Tributary.Jinja.Syntax;

namespace Tributary.Jinja.Parsing;

/// <summary>The tags that define: macros and call blocks, and dbt's test, materialization, docs and snapshot.</summary>
internal static class MacroTags
{
    private static readonly string[] Implicit = ["caller", "varargs", "kwargs"];

    public static IReadOnlyList<string> Names { get; } = ["macro", "call", "test", "data_test", "materialization", "docs", "snapshot"];

    /// <summary>The statement of a tag at whose name the parser stands; null for a tag of another kind.</summary>
    public static Statement? TryParse(string name, Location at, TemplateParser parser)
    {
        Func<Location, TemplateParser, Statement>? parse = name switch
        {
            "macro" => ParseMacro,
            "call" => ParseCall,
            "test" or "data_test" => (place, p) => ParseTest(place, p, name),
            "materialization" => ParseMaterialization,
            "docs" => ParseDocs,
            "snapshot" => ParseSnapshot,
            _ => null,
        };
        if (parse is null) return null;
        parser.Cursor.Next();
        return parse(at, parser);
    }

    private static MacroStatement ParseMacro(Location at, TemplateParser parser)
    {
        var name = parser.Cursor.ExpectName("the name of the macro");
        int? slot = parser.Rules.IsLibrary && parser.Scopes.Current.Outer is null ? null : parser.Scopes.Current.Declare(name);
        var definition = new MacroDefinition(parser, at, "macro");
        return new MacroStatement(at, Register(definition.Parse(name), parser), slot);
    }

    private static MacroStatement ParseTest(Location at, TemplateParser parser, string tag)
    {
        var name = parser.Cursor.ExpectName("the name of the test");
        var definition = new MacroDefinition(parser, at, tag) { Kind = MacroKind.Test };
        return new MacroStatement(at, Register(definition.Parse(name), parser), null);
    }

    private static MacroStatement ParseMaterialization(Location at, TemplateParser parser)
    {
        var cursor = parser.Cursor;
        var name = cursor.ExpectName("the name of the materialization");
        var definition = new MacroDefinition(parser, at, "materialization") { Kind = MacroKind.Materialization };
        while (cursor.Skip(TokenKind.Comma))
        {
            var option = cursor.ExpectName("'default', 'adapter' or 'supported_languages'");
            if (option == "default") continue;
            if (option is not ("adapter" or "supported_languages")) throw at.Error($"a materialization has no option '{option}'");
            cursor.Expect(TokenKind.Assign, "'='");
            var value = parser.Expressions.Parse();
            if (option == "adapter") definition.Adapter = TextOf(value);
            else definition.SupportedLanguages = LanguagesOf(value);
        }

        return new MacroStatement(at, Register(definition.ParseBody(name), parser), null);
    }

    private static CallStatement ParseCall(Location at, TemplateParser parser)
    {
        var definition = new MacroDefinition(parser, at, "call") { Kind = MacroKind.CallBlock };
        var inner = definition.Open();
        if (parser.Cursor.Is(TokenKind.LeftParen)) definition.ParseParameters();
        parser.Scopes.Current = definition.Outer;
        var callee = parser.Expressions.Parse();
        parser.Scopes.Current = inner;
        if (callee is not CallExpression call) throw callee.At.Error("'{% call %}' needs a call after it, such as name(…)");
        return new CallStatement(at, call, definition.ParseBody("caller"));
    }

    private static DocsStatement ParseDocs(Location at, TemplateParser parser)
    {
        var cursor = parser.Cursor;
        var name = cursor.ExpectName("the name of the docs block");
        cursor.Expect(TokenKind.BlockEnd, "'%}'");
        var start = cursor.Current.Start;
        var text = cursor.Skip(TokenKind.Text) ? cursor.Source.Text[start..cursor.LastEnd] : "";
        cursor.Expect(TokenKind.BlockBegin, "'{% enddocs %}'");
        parser.ParseEnd("enddocs");
        var docs = new DocsStatement(at, name, text);
        parser.Docs.Add(docs);
        return docs;
    }

    private static SnapshotStatement ParseSnapshot(Location at, TemplateParser parser)
    {
        var scopes = parser.Scopes;
        var name = parser.Cursor.ExpectName("the name of the snapshot");
        var layout = new FrameLayout(scopes.Current.Layout);
        var outer = scopes.Current;
        scopes.Current = new NameScope(layout, null);
        var body = parser.ParseBody(at, "snapshot", "endsnapshot");
        parser.ParseEnd("endsnapshot");
        scopes.Current = outer;
        var snapshot = new SnapshotStatement(at, name, Template.OfSnapshot(at.Source, parser.Rules, name, new TemplateTree(layout, body, [], [], [])));
        parser.Snapshots.Add(snapshot);
        return snapshot;
    }

    internal static IEnumerable<string> ImplicitNames => Implicit;

    private static Macro Register(Macro macro, TemplateParser parser)
    {
        if (parser.Scopes.Current.Outer is null) parser.Macros.Add(macro);
        return macro;
    }

    private static string TextOf(Expression value) =>
        (value as LiteralExpression)?.Value as string ?? throw value.At.Error("a string is expected here");

    private static string[] LanguagesOf(Expression value) => value switch
    {
        ListExpression list => [.. list.Items.Select(TextOf)],
        TupleExpression tuple => [.. tuple.Items.Select(TextOf)],
        _ => throw value.At.Error("a list of strings is expected here"),
    };
}
