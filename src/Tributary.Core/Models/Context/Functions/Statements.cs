using Tributary.Core.Models.Context.Tables;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Functions;

/// <summary>Results of statements, kept by name for the rest of the template.</summary>
internal static class Statements
{
    public static Function Load(NodeContext context) => new("load_result", "name", a => context.Results.GetValueOrDefault(a.Text(0)));

    public static Function Store(NodeContext context) => new("store_result", "name, response, agate_table=None", a =>
    {
        context.Results[a.Text(0)] = Result(a[1], a[2] as AgateTable);
        return "";
    });

    public static Function StoreRaw(NodeContext context) => new("store_raw_result", "name, message=None, code=None, rows_affected=None, agate_table=None", a =>
    {
        context.Results[a.Text(0)] = Result(StatementAnswer.Given(PythonText.Of(a[2]), a[3] as long? ?? 0, PythonText.Of(a[1])), a[4] as AgateTable);
        return "";
    });

    private static JinjaDict Result(object? response, AgateTable? table)
    {
        var rows = table ?? AgateTable.Empty;
        return new JinjaDict
        {
            ["response"] = response,
            ["data"] = rows.Rows.All.Select(row => (object?)new JinjaTuple(row.Cells)).ToList(),
            ["table"] = rows,
        };
    }
}
