using Tributary.Jinja;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context;

/// <summary>The columns of a query that are not those of the model's contract, as a table.</summary>
internal static class ContractError
{
    private sealed record Mismatch(string Column, string Definition, string Contract, string Reason);

    /// <summary>Always throws; both lists hold maps with <c>name</c>, <c>data_type</c> and <c>formatted</c>.</summary>
    public static object? Raise(BoundArguments a)
    {
        var (promised, given) = (Read(a[0]), Read(a[1]));
        if (promised.Count == 0) throw new TemplateException("the contract is enforced and names no columns", "Write 'columns:' with a 'name' and a 'data_type' each.");
        throw new TemplateException($"the columns of the query are not those of the contract:\n{Table(Compare(promised, given))}", "Change the query, or the model's columns in YAML.");
    }

    private static Dictionary<string, (string Type, string Formatted)> Read(object? columns)
    {
        var read = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        foreach (var column in (columns as IEnumerable<object?> ?? []).OfType<JinjaDict>()) read[Text(column, "name")] = (Text(column, "data_type"), Text(column, "formatted"));
        return read;
    }

    private static string Text(JinjaDict column, string key) => column.TryGet(key, out var value) ? PythonText.Of(value) : "";

    private static List<Mismatch> Compare(Dictionary<string, (string Type, string Formatted)> promised, Dictionary<string, (string Type, string Formatted)> given)
    {
        var mismatches = new List<Mismatch>();
        foreach (var (name, column) in given)
        {
            if (!promised.TryGetValue(name, out var contract)) mismatches.Add(new(name, column.Type, "", "missing in contract"));
            else if (contract.Formatted != column.Formatted) mismatches.Add(new(name, column.Type, contract.Type, "data type mismatch"));
        }
        foreach (var (name, contract) in promised.Where(entry => !given.ContainsKey(entry.Key))) mismatches.Add(new(name, "", contract.Type, "missing in definition"));
        return [.. mismatches.OrderBy(mismatch => mismatch.Column, StringComparer.Ordinal)];
    }

    private static string Table(List<Mismatch> mismatches)
    {
        string[][] rows = [["column_name", "definition_type", "contract_type", "mismatch_reason"], .. mismatches.Select(m => new[] { m.Column, m.Definition, m.Contract, m.Reason })];
        var widths = Enumerable.Range(0, 4).Select(i => rows.Max(row => row[i].Length)).ToArray();
        string[] lines = [.. rows.Select(row => $"| {string.Join(" | ", row.Select((cell, i) => cell.PadRight(widths[i])))} |")];
        return string.Join('\n', [lines[0], $"| {string.Join(" | ", widths.Select(width => new string('-', width)))} |", .. lines[1..]]);
    }
}
