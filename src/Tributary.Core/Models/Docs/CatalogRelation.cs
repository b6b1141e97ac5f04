namespace Tributary.Core.Models.Docs;

/// <summary>
/// A relation as the warehouse has it. <paramref name="Type"/> is dbt's word (<c>BASE TABLE</c>); <paramref name="Rows"/> is the planner's
/// estimate, -1 when it has none; <paramref name="Bytes"/> its size on disk with indexes, 0 for views.
/// </summary>
internal sealed record CatalogRelation(string Schema, string Name, string Type, string Owner, string? Comment, long Rows, long Bytes)
{
    /// <summary>In their order.</summary>
    public List<Column> Columns { get; } = [];

    /// <summary>One column, with its place counted from 1.</summary>
    public sealed record Column(string Name, int Index, string Type, string? Comment);
}
