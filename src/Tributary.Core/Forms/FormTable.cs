namespace Tributary.Core.Forms;

/// <summary>
/// One table of a form: that of its reports, one row each, or that of a list in them, one row an entry. <paramref name="List"/> is the list's path, empty
/// for the reports; <paramref name="Lists"/> the depths of the lists on the way to it, each of which has a column for the entry's number.
/// </summary>
public sealed record FormTable(string Name, FormDefinition Newest, string List, IReadOnlyList<int> Lists, IReadOnlyList<string> Positions, IReadOnlyList<FormColumn> Columns)
{
    /// <summary>PostgreSQL takes 1,600 columns; what is beyond this stays in <c>_unknown</c>.</summary>
    public const int MostColumns = 1_200;

    /// <summary>How many names of a field's path lead to this table's rows.</summary>
    public int Depth => Lists.Count == 0 ? 0 : Lists[^1];
}
