using Tributary.Core.Models.Compiling;
using Tributary.Core.Models.Context;
using Tributary.Core.Models.Context.Functions;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Models.Seeds;
using Tributary.Core.Text;
using Tributary.Jinja;
using Tributary.Jinja.Values;
using SourcePosition = Tributary.Core.Text.SourcePosition;

namespace Tributary.Core.Models.UnitTests;

/// <summary>Compiles a tested model over the fixtures of a test: each input that it reads becomes an expression of its query.</summary>
internal sealed class UnitTestCompiler(NodeTemplates templates, ParsedNode test)
{
    private readonly UnitTest definition = test.UnitTest ?? throw new ArgumentException("Not a unit test.", nameof(test));
    private readonly InputTypes types = new(templates);

    public CompiledUnitTest Compile()
    {
        var model = templates.Project.Find(definition.ModelId) ?? throw new InvalidOperationException($"{definition.ModelId} was there at discovery.");
        var references = new UnitTestReferences(templates.Project, test, definition);
        var context = Context(model, references);
        var text = NodeTemplates.Render(model, context);
        var expressions = references.Used.Select(used => (used.Value, InputSql(used.Key, context))).ToList();
        var sql = EphemeralSql.Inject(text, expressions);
        var (expected, columns) = Expected(types.OfQuery(sql), context);
        return new CompiledUnitTest(sql, expected, columns);
    }

    private string InputSql(string id, NodeContext context)
    {
        var rows = definition.Inputs[id];
        if (rows.Query is { } query) return Rendered(query, rows.Fixture.At, context);
        if (rows.Seed is { } seed) rows = rows.Loaded(seed, SeedTable.DelimiterOf(templates.Project.Find(id)!)); // it is the seed's id
        return FixtureSql.Of(rows, types.Of(id, rows.Fixture.At), rows.Fixture.Input);
    }

    private (string Sql, IReadOnlyList<TypedColumn> Columns) Expected(IReadOnlyList<TypedColumn> actual, NodeContext context)
    {
        var rows = definition.Expected;
        var owner = $"the model '{definition.Declaration.Model}'";
        if (rows.Query is not { } query)
        {
            var named = FixtureSql.Named(rows, actual, owner);
            return (FixtureSql.Of(rows, named, owner), named);
        }
        var sql = Rendered(query, rows.Fixture.At, context);
        var names = new FixtureRows(rows.Fixture, [.. types.OfQuery(sql).Select(column => column.Name)], []);
        return (sql, FixtureSql.Named(names, actual, owner));
    }

    private static string Rendered(string text, SourcePosition at, NodeContext context)
    {
        try
        {
            return Template.Parse(text, at.File).Render(context.Templates).Trim();
        }
        catch (TemplateException error)
        {
            throw new UserErrorException([TemplateErrors.Of(error, at) with { At = at }]);
        }
    }

    /// <summary>The model's own context, with the variables, macros and inputs of the test in place of the project's.</summary>
    private NodeContext Context(ParsedNode model, UnitTestReferences references)
    {
        var declared = definition.Declaration;
        var project = templates.Project;
        var environment = project.Settings.Environment;
        var settings = project.Settings with
        {
            Vars = Over(project.Settings.Vars, declared.Vars),
            Environment = name => declared.EnvironmentVariables.TryGetValue(name, out var value) ? PythonText.Of(value) : environment(name),
        };
        var names = templates.Compiler.Names(model, settings);
        if (references.This(model) is { } standing) names = names with { This = standing };
        var context = new NodeContext(names, references, execute: true) { Run = templates.Run, Session = templates.Session, Cancel = templates.Cancel };
        foreach (var (name, value) in declared.Macros) Override(context, name, value);
        return context;
    }

    private static Dictionary<string, object?> Over(IReadOnlyDictionary<string, object?> below, IReadOnlyDictionary<string, object?> above)
    {
        var merged = new Dictionary<string, object?>(below, StringComparer.Ordinal);
        foreach (var (name, value) in above) merged[name] = value;
        return merged;
    }

    /// <summary>A macro answers what the test says; a plain name of the context is it. The engine's macros have two names, with <c>dbt.</c> and without.</summary>
    private static void Override(NodeContext context, string name, object? value)
    {
        var dot = name.IndexOf('.');
        var (package, macro) = dot < 0 ? (EmbeddedPackage, name) : (name[..dot], name[(dot + 1)..]);
        var given = PlainObject.ToTemplate(value);
        var answer = new Function(macro, "*args, **kwargs", _ => given);
        var isMacro = context.Node.Macros.FindIn(package, macro) is not null;
        if (isMacro) context.Replace(package, macro, answer);
        if (dot >= 0 && package != EmbeddedPackage) return;
        context[macro] = isMacro || context.TryGet(macro, out var known) && known is ICallable ? answer : value;
    }

    private const string EmbeddedPackage = Parsing.Libraries.EmbeddedMacros.Package;
}
