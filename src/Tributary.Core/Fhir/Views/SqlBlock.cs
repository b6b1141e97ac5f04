namespace Tributary.Core.Fhir.Views;

/// <summary>One SELECT that is being written: its FROM items in order, its conditions and its columns.</summary>
internal sealed class SqlBlock
{
    public List<string> From { get; } = [];

    public List<string> Where { get; } = [];

    public List<SqlColumn> Columns { get; } = [];

    public string Write(string indent, IEnumerable<string> columns)
    {
        var end = $"\n{indent}";
        var select = $"{indent}select{end}    {string.Join($",{end}    ", columns)}";
        // A block without an iteration of its own is one row.
        var from = From.Count == 0 ? "" : $"{end}from {string.Join(end, From)}";
        var where = Where.Count == 0 ? "" : $"{end}where {string.Join($"{end}    and ", Where)}";
        return select + from + where;
    }
}
