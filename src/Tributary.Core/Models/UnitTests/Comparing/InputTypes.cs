using Tributary.Core.Models.UnitTests.Fixtures;
using Tributary.Core.Models.Compiling;
using Tributary.Core.Models.Context.Relations;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Models.Seeds;
using Tributary.Core.Text;

namespace Tributary.Core.Models.UnitTests.Comparing;

/// <summary>
/// The columns of what a test's input stands for: of the relation, or, when it was never built, of its own SQL, into which whatever
/// is missing upstream is put as an expression.
/// </summary>
internal sealed class InputTypes(NodeTemplates templates)
{
    public IReadOnlyList<TypedColumn> Of(string id, SourcePosition at)
    {
        var project = templates.Project;
        if (project.Sources.TryGetValue(id, out var source))
        {
            var columns = Standing(new Postgres.Relation(source.Schema, source.Identifier).Sql);
            return columns.Count > 0 ? columns : throw Missing($"{source.Schema}.{source.Identifier}", at);
        }
        var node = project.Find(id) ?? throw new InvalidOperationException($"{id} was there at discovery.");
        return !node.IsEphemeral && Standing(node.Relation.Sql) is { Count: > 0 } standing ? standing : OfSql(node, at);
    }

    /// <summary>The columns that a query returns; it is not run.</summary>
    public IReadOnlyList<TypedColumn> OfQuery(string sql) =>
        [.. templates.Session.Describe(sql).Cast<ColumnValue>().Select(column => new TypedColumn(column.Name, column.DataType))];

    private List<TypedColumn> Standing(string relation) =>
        [.. templates.Session.Rows(Sql.Read("Models/UnitTests/Comparing/read_types.sql"), relation).Select(row => new TypedColumn((string)row[0]!, (string)row[1]!))]; // neither is null

    private IReadOnlyList<TypedColumn> OfSql(ParsedNode node, SourcePosition at)
    {
        if (node.Seed is not null) return SeedColumns(node);
        if (node.Template is null || node.Kind == Graph.NodeKind.Snapshot) throw Missing(node.Relation.ToString(), at);
        var expressions = new List<(string Name, string Sql)>();
        var sql = Render(node, expressions, [], at);
        return OfQuery(EphemeralSql.Inject(sql, expressions));
    }

    private string Render(ParsedNode node, List<(string Name, string Sql)> expressions, HashSet<string> seen, SourcePosition at)
    {
        var references = new ShapeReferences(templates.Project, node, templates.Session);
        var sql = templates.Render(node, references);
        foreach (var upstream in references.Inlined)
        {
            if (!seen.Add(upstream.Id)) continue;
            var inner = upstream.Seed is null ? Render(upstream, expressions, seen, at) : FixtureSql.Of(new FixtureRows(new Fixture("", FixtureFormat.Dict, at), [], []), SeedColumns(upstream), upstream.Name);
            expressions.Add((RelationValue.EphemeralPrefix + (upstream.IsEphemeral ? upstream.Name : upstream.Alias), inner));
        }
        return sql;
    }

    private static TypedColumn[] SeedColumns(ParsedNode node) =>
        [.. SeedTable.Of(node).Columns.Select(column => new TypedColumn(column.Name, column.DataType))];

    private static UserErrorException Missing(string relation, SourcePosition at) =>
        new(ErrorCodes.UnknownReference, at, $"the columns of this input are not known, because {relation} does not exist", "Build or load it first, or give the rows as 'format: sql'.");
}
