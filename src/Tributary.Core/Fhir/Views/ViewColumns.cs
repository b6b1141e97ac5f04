using Tributary.Core.Text;

namespace Tributary.Core.Fhir.Views;

/// <summary>Column names stand once in a row, and the branches of a union make the same columns (SQL-on-FHIR, "Validate Columns").</summary>
internal static class ViewColumns
{
    public static void Check(IReadOnlyList<ViewSelect> selects, Problems problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var select in selects) Check(select, seen, problems);
    }

    private static void Check(ViewSelect select, HashSet<string> seen, Problems problems)
    {
        foreach (var column in select.Columns)
        {
            if (!seen.Add(column.Name)) problems.Add(ErrorCodes.ViewInvalid, column.At, $"The column '{column.Name}' is defined twice.", "Give each column a name of its own.");
        }
        foreach (var inner in select.Selects) Check(inner, seen, problems);
        if (select.Union.Count == 0) return;
        var before = new HashSet<string>(seen, StringComparer.Ordinal);
        Check(select.Union[0], seen, problems);
        var expected = select.Union[0].AllColumns.ToList();
        foreach (var branch in select.Union.Skip(1))
        {
            Check(branch, new HashSet<string>(before, StringComparer.Ordinal), problems);
            Compare(expected, [.. branch.AllColumns], problems);
        }
    }

    private static void Compare(IReadOnlyList<ViewColumn> expected, IReadOnlyList<ViewColumn> found, Problems problems)
    {
        var names = expected.Select(column => column.Name).ToList();
        if (!names.SequenceEqual(found.Select(column => column.Name)))
        {
            var at = found.Count > 0 ? found[0].At : expected.Count > 0 ? expected[0].At : default(SourcePosition?);
            problems.Add(ErrorCodes.ViewInvalid, at, $"A branch of unionAll has the columns {List(found)}, expected {List(expected)} as in the first.", "All branches have the same columns in the same order.");
            return;
        }
        foreach (var (first, other) in expected.Zip(found).Where(pair => !AreAlike(pair.First, pair.Second)))
            problems.Add(ErrorCodes.ViewInvalid, other.At, $"The column '{other.Name}' is {Shape(other)} here, expected {Shape(first)} as in the first branch of unionAll.");
    }

    private static bool AreAlike(ViewColumn a, ViewColumn b) =>
        a.IsCollection == b.IsCollection && (a.Type is null || b.Type is null || a.Type == b.Type);

    private static string Shape(ViewColumn column) => $"{column.Type ?? "of no type"}{(column.IsCollection ? ", a collection" : "")}";

    private static string List(IReadOnlyList<ViewColumn> columns) => columns.Count == 0 ? "(none)" : string.Join(", ", columns.Select(column => column.Name));
}
