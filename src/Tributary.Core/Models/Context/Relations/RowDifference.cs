using Tributary.Core.Models.Context.Functions;
using Tributary.Core.Text;
using Tributary.Jinja;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Relations;

/// <summary>The query of <c>adapter.get_rows_different_sql</c>: by how many rows two relations differ in number, and how many rows only one has.</summary>
internal static class RowDifference
{
    public static object? Sql(BoundArguments a)
    {
        if (a[2] is null) throw new TemplateException("get_rows_different_sql() needs the columns to compare", "Pass column_names=[…].");
        var names = string.Join(", ", Collections.Items(a[2]).Select(name => Identifier.Quote(PythonText.Of(name))).Order(StringComparer.Ordinal));
        var (left, right, except) = (a.Context.TextOf(a[0]), a.Context.TextOf(a[1]), a.Text(3));
        return $"""
            select abs((select count(*) from {left}) - (select count(*) from {right})) as row_count_difference, count(*) as num_mismatched
            from (
                (select {names} from {left} {except} select {names} from {right})
                union all
                (select {names} from {right} {except} select {names} from {left})
            ) as diff_count
            """;
    }
}
