using Tributary.Core.Fhir.Paths;
using Tributary.Core.Fhir.Paths.Sql;
using Tributary.Core.Text;

namespace Tributary.Core.Fhir.Views;

/// <summary>
/// Compiles a view into one query with one scan of the raw table: iterations are lateral joins within a row, unions are unions within
/// a row. Nothing of the view reaches the SQL but quoted.
/// </summary>
public sealed class ViewCompiler
{
    private readonly ViewDefinition view;
    private readonly Problems problems = new();

    private ViewCompiler(ViewDefinition view) => this.view = view;

    /// <summary>Throws one <see cref="UserErrorException"/> with every wrong expression: TRB0509 at its place, TRB0508 for the rest.</summary>
    public static CompiledView Compile(ViewDefinition view, ViewTable table, ColumnForm form)
    {
        var compiler = new ViewCompiler(view);
        var compiled = compiler.Write(table, form);
        compiler.problems.ThrowIfAny();
        return compiled;
    }

    private CompiledView Write(ViewTable table, ColumnForm form)
    {
        var (constants, texts) = ConstantLiterals.Of(view.Constants);
        var resource = $"r.{Identifier.Quote(table.Document)}";
        var scope = PathScope.Root(resource, view.Resource, new SqlNames()) with { Constants = constants, Texts = texts };
        var block = new SqlBlock();
        block.From.Add($"{table.Relation} as r");
        if (table.Deleted is { } deleted) block.Where.Add($"not r.{Identifier.Quote(deleted)}");
        foreach (var path in view.Where) Guard(path, () => block.Where.Add(Conditions.Of(path.Text, scope)));
        var selects = new SelectWriter(form, UsesIndex(), Guard);
        foreach (var select in view.Selects) selects.Add(select, scope, guard: null, block);
        var names = SqlNamesOf(block.Columns);
        var sql = block.Write("", block.Columns.Select((column, i) => $"{column.Sql} as {Identifier.Quote(names[i])}"));
        var described = view.Columns;
        return new CompiledView(sql + "\n", [.. block.Columns.Select((column, i) => new CompiledColumn(column.Name, names[i], column.Type, described[i].Description))]);
    }

    private bool UsesIndex() => AllPaths(view.Selects).Any(path => path.Contains("rowIndex", StringComparison.Ordinal));

    private static IEnumerable<string> AllPaths(IEnumerable<ViewSelect> selects) => selects.SelectMany(select =>
        (select.Iteration?.Paths ?? []).Concat(select.Columns.Select(column => column.Path)).Select(path => path.Text)
            .Concat(AllPaths(select.Selects)).Concat(AllPaths(select.Union)));

    private void Guard(ViewExpression path, Action compile)
    {
        try
        {
            compile();
        }
        catch (PathException wrong)
        {
            var at = path.At with { Column = path.At.Column + 1 + wrong.Offset };
            problems.Add(ErrorCodes.PathInvalid, at, $"'{Excerpt.Of(path.Text)}', character {wrong.Offset + 1}: {wrong.Message}", wrong.Hint);
        }
    }

    /// <summary>Two names that are alike in their first 63 bytes stay two.</summary>
    private static List<string> SqlNamesOf(IReadOnlyList<SqlColumn> columns) => [.. columns.Select(column => Identifier.Shorten(column.Name))];
}
