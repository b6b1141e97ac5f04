using Tributary.Core.Models.UnitTests.Fixtures;
using Tributary.Core.Models.Compiling;
using Tributary.Core.Models.Context;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Models.Seeds;
using Tributary.Core.Text;
using Tributary.Jinja;
using SourcePosition = Tributary.Core.Text.SourcePosition;

namespace Tributary.Core.Models.UnitTests.Comparing;

/// <summary>Puts fixtures into a query as expressions, and writes what is expected of it as another query of the same types.</summary>
internal sealed class FixtureCompiler(NodeTemplates templates, IReadOnlyDictionary<string, FixtureRows> inputs)
{
    private readonly InputTypes types = new(templates);

    /// <summary><paramref name="owner"/> names the query in messages; <paramref name="context"/> renders fixtures that are SQL.</summary>
    public CompiledUnitTest Compile(string query, FixtureReferences references, FixtureRows expected, string owner, NodeContext context)
    {
        var expressions = new List<(string Name, string Sql)>();
        foreach (var (id, name) in references.Used.ToArray()) expressions.Add((name, InputSql(id, context)));
        var sql = EphemeralSql.Inject(query, expressions);
        var (expectedSql, columns) = Expected(expected, types.OfQuery(sql), owner, context);
        return new CompiledUnitTest(sql, expectedSql, columns);
    }

    private string InputSql(string id, NodeContext context)
    {
        var rows = inputs[id];
        if (rows.Query is { } query) return Rendered(query, rows.Fixture.At, context);
        if (rows.Seed is { } seed) rows = rows.Loaded(seed, SeedTable.DelimiterOf(templates.Project.Find(id)!)); // it is the seed's id
        return FixtureSql.Of(rows, types.Of(id, rows.Fixture.At), rows.Fixture.Input);
    }

    private (string Sql, IReadOnlyList<TypedColumn> Columns) Expected(FixtureRows rows, IReadOnlyList<TypedColumn> actual, string owner, NodeContext context)
    {
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
}
