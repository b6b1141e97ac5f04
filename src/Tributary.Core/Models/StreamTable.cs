namespace Tributary.Core.Models;

/// <summary>
/// How the rows of one stream stand in its raw table: the key's column, and where several streams share the table the column that tells them
/// apart with this stream's <paramref name="Label"/> in it.
/// </summary>
public sealed record StreamTable(string Id, string? SourceColumn, string Label)
{
    /// <summary>Why its changes cannot be followed; null when they can.</summary>
    public string? WhyNot { get; init; }
}
