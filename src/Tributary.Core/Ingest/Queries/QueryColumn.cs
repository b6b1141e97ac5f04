namespace Tributary.Core.Ingest.Queries;

/// <summary>A column that a query gives: its name, and the PostgreSQL type in which it lands.</summary>
public sealed record QueryColumn(string Name, string SqlType)
{
    private static readonly HashSet<string> WithoutEquality = ["json", "xml", "point", "lseg", "line", "path", "polygon", "box", "circle"];

    /// <summary>Values that are equal are the same; of other types the text is compared.</summary>
    internal bool IsComparable => !WithoutEquality.Contains(SqlType);
}
