namespace Tributary.Core.Privacy;

/// <summary>
/// A column that is about to leave. <paramref name="Category"/> is PostgreSQL's category of types (S text, N number …), <paramref name="Type"/>
/// its type; <paramref name="IsMade"/>: a mask made its values, so that patterns in them mean nothing.
/// </summary>
public sealed record LeavingColumn(string Name, string Type, char Category, bool IsMade)
{
    private bool IsJson => Type is "json" or "jsonb";

    /// <summary>Dates, truth values and the like hold no identifier as a whole value.</summary>
    internal bool IsChecked => Category is 'S' or 'N' or 'E' or 'A' || IsJson || Type == "uuid";

    /// <summary>Numbers are compared with known values only: amounts and counts have the form of anything.</summary>
    internal bool HasPatterns => !IsMade && Category != 'N';

    /// <summary>A query of the texts in one cell of row <c>t</c>: the value, an array's elements, or every text and number in a document.</summary>
    internal string Texts(string quoted) =>
        IsJson ? $"select leaf #>> '{{}}' from jsonb_path_query(to_jsonb(t.{quoted}), 'strict $.**') as leaf where jsonb_typeof(leaf) in ('string', 'number')"
        : Category == 'A' ? $"select unnest(t.{quoted}::text[])"
        : $"select t.{quoted}::text";
}
