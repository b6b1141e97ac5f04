namespace Tributary.Core.Graph;

/// <summary>
/// How far a node has seen the streams whose changes it reads, by their load numbers; kept in <c>tributary.cursor</c> and advanced in the
/// node's own commit. <paramref name="Definition"/> stands for what made its rows: with another one they are made anew.
/// </summary>
public sealed record ChangeCursor(string Definition, IReadOnlyDictionary<string, long> Loads)
{
    internal static string Sql => Text.Sql.Read("Graph/write_cursor.sql");
}
