using Tributary.Core.Text;

namespace Tributary.Core.Fhir;

/// <summary>
/// The metadata CSV, read and checked: every questionnaire with its columns, in the file's order, and what is worth a warning
/// (names that were cut or got a suffix).
/// </summary>
public sealed class QuestionnaireMetadata
{
    /// <summary>What a class may be; blank is no class, and the column is held back from the anonymous track.</summary>
    private static readonly string[] Classes =
        ["safe", "id", "name", "phone", "email", "birth_date", "address", "zip", "medicaid", "date", "free_text", "drop"];

    private const string TooLong = "PostgreSQL keeps 63 bytes of a name.";

    private readonly List<UserError> warnings = [];

    private QuestionnaireMetadata(IEnumerable<MetadataRow> rows, Problems problems) =>
        Questionnaires = [.. rows.Where(row => IsUsable(row, problems)).GroupBy(row => row.Table, StringComparer.Ordinal)
            .Select(group => Assemble([.. group], problems))];

    internal IReadOnlyList<Questionnaire> Questionnaires { get; }

    /// <summary>Names that differ from what the file asks for.</summary>
    public IReadOnlyList<UserError> Warnings => warnings;

    /// <summary>
    /// Reads the file's text; <paramref name="definitions"/> say what its rows leave blank. Throws <see cref="UserErrorException"/> with
    /// every problem of it.
    /// </summary>
    public static QuestionnaireMetadata Read(string file, string text, QuestionnaireDefinitions? definitions = null)
    {
        var problems = new Problems();
        var metadata = new QuestionnaireMetadata(MetadataRows.Read(file, text, problems).Select((definitions ?? QuestionnaireDefinitions.None).Fill), problems);
        metadata.RefuseTwinTables(problems);
        problems.ThrowIfAny();
        return metadata;
    }

    private static bool IsUsable(MetadataRow row, Problems problems)
    {
        var before = problems.Count;
        Require(row, row.Table, "table", problems);
        Require(row, row.LinkId, "linkid", problems);
        Require(row, row.Wanted, "column (or short_name)", problems);
        Require(row, row.Source, "source (or questionnaire_title)", problems);
        foreach (var name in new[] { row.Table, row.Wanted }.Where(IsOdd))
            Refuse(problems, row, $"the name '{name}' holds '{{{{' or a control character", "Give it a name of letters, digits and _.");
        if (row.DataType.Length == 0)
            Refuse(problems, row, $"data_type is empty, and no Questionnaire of `definitions` gives the item '{row.LinkId}' of '{row.Source}' a type of answers", $"Known: {string.Join(", ", AnswerType.Known)}.");
        else if (AnswerType.Find(row.DataType) is null)
            Refuse(problems, row, $"unknown data_type '{row.DataType}'", Nearest.Hint(row.DataType, AnswerType.Known));
        if (row.Anon.Length > 0 && !Classes.Contains(row.Anon))
            problems.Add(ErrorCodes.ClassUnknown, row.At, $"unknown class '{row.Anon}' in anon", Nearest.Hint(row.Anon, Classes));
        return problems.Count == before;
    }

    /// <summary>A name stands in templates, where two braces would begin an expression.</summary>
    private static bool IsOdd(string name) => name.Contains("{{", StringComparison.Ordinal) || name.Any(char.IsControl);

    private static void Require(MetadataRow row, string value, string field, Problems problems)
    {
        if (value.Length == 0) Refuse(problems, row, $"{field} is empty", "Every row needs a table, a linkid, a name, a type and a source.");
    }

    private static void Refuse(Problems problems, MetadataRow row, string message, string hint) =>
        problems.Add(ErrorCodes.QuestionnaireMetadata, row.At, message, hint);

    private Questionnaire Assemble(IReadOnlyList<MetadataRow> rows, Problems problems)
    {
        var first = rows[0];
        foreach (var other in rows.Where(row => row.Source != first.Source))
            Refuse(problems, other, $"table {first.Table} belongs to '{first.Source}' (line {first.At.Line}), here to '{other.Source}'",
                "Give each questionnaire a table of its own; versions of one (…|2.0) share its name already.");
        var names = new ColumnNames(WideTable.Keys.Select(key => key.Name));
        var seen = new Dictionary<(string, string), MetadataRow>();
        var columns = new List<QuestionnaireColumn>();
        foreach (var row in rows)
        {
            var key = (row.Wanted.ToLowerInvariant(), row.LinkId);
            if (seen.TryAdd(key, row)) columns.Add(Column(row, names));
            else Refuse(problems, row, $"{row.Table}.{row.Wanted} with this linkid stands already in line {seen[key].At.Line}", "Delete one of the two rows.");
        }
        return new Questionnaire(TableName(first), first.Source, first.Title, columns, first.At);
    }

    private QuestionnaireColumn Column(MetadataRow row, ColumnNames names)
    {
        var name = names.Take(row.Wanted);
        if (name != row.Wanted)
            Warn(row, $"{row.Table}: column '{row.Wanted}' is named '{name}'", row.Wanted.StartsWith(name, StringComparison.Ordinal)
                ? TooLong
                : "The name is taken by an earlier column (upper and lower case count as one); give it a name of its own.");
        return new QuestionnaireColumn(name, row.LinkId, row.ShortName, row.Label,
            AnswerType.Find(row.DataType)!, row.Anon.Length > 0 ? row.Anon : null, row.At); // IsUsable found the type
    }

    private string TableName(MetadataRow row)
    {
        var name = ColumnNames.Cut(row.Table, Identifier.MaxBytes);
        if (name != row.Table) Warn(row, $"table '{row.Table}' is named '{name}'", TooLong);
        return name;
    }

    private void Warn(MetadataRow row, string message, string hint) =>
        warnings.Add(new UserError(ErrorCodes.QuestionnaireMetadata, row.At, message, hint));

    private void RefuseTwinTables(Problems problems)
    {
        foreach (var twins in Questionnaires.GroupBy(table => table.Table, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            var (one, other) = (twins.First(), twins.Last());
            problems.Add(ErrorCodes.QuestionnaireMetadata, other.At, $"table '{other.Table}' clashes with '{one.Table}' in line {one.At.Line}",
                "Tables need names that differ in more than case, within their first 63 bytes.");
        }
    }
}
