using System.Text;
using Npgsql;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Privacy;

/// <summary>
/// Reads what is about to leave on the anonymous track, in the caller's snapshot and one pass, and finds identifying values,
/// patterns of identifiers and long free text.
/// </summary>
public sealed class LeakCheck(IReadOnlyList<IdentifyingColumn> identifying, LeakOptions options)
{
    private static readonly Dictionary<string, string> Words = new()
    {
        ["email"] = "e-mail addresses",
        ["phone"] = "phone numbers",
        ["social_security"] = "social security numbers",
        ["digits"] = "long numbers",
        ["medicaid"] = "Medicaid numbers",
    };

    /// <summary>
    /// What was found and is not allowed, in the order of relations and columns. <paramref name="lineage"/> adds the columns that come
    /// bare from an identifying one.
    /// </summary>
    public async Task<IReadOnlyList<LeakFinding>> RunAsync(
        NpgsqlConnection connection, IReadOnlyList<LeavingRelation> leaving, Lineage lineage, CancellationToken cancel)
    {
        var columns = leaving
            .SelectMany(relation => relation.Columns.Where(column => column.IsChecked).Select(column => (Relation: relation, Column: column)))
            .ToList();
        var known = await ExistingAsync(connection, cancel);
        var findings = new List<LeakFinding>();
        foreach (var relation in leaving)
            foreach (var column in relation.Columns)
                if (lineage.BareFrom(relation.Relation, column.Name, identifying) is { } origin) findings.Add(Unmasked(relation, column, origin));
        if (columns.Count > 0) findings.AddRange(await LookAsync(connection, columns, known, cancel));
        return [.. findings.Where(finding => !IsAllowed(finding))];
    }

    /// <summary>The error that stops an export (TRB0503).</summary>
    public static UserErrorException Refusal(string export, IReadOnlyList<LeakFinding> findings, SourcePosition at) => new(
        ErrorCodes.LeakFound, at,
        $"Export '{export}' was not published, because what would leave is not anonymous:\n  {string.Join("\n  ", findings)}",
        "Class these columns by what they reveal, or name a false alarm with its reason in the export's `leak_check: allow:`.");

    private async Task<List<LeakFinding>> LookAsync(
        NpgsqlConnection connection, List<(LeavingRelation Relation, LeavingColumn Column)> columns, List<IdentifyingColumn> known, CancellationToken cancel)
    {
        var findings = new List<LeakFinding>();
        await using var command = new NpgsqlCommand(Query(columns, known), connection) { CommandTimeout = 0 };
        command.Parameters.Add(new() { Value = options.MaxText });
        command.Parameters.Add(new() { Value = Enumerable.Range(0, columns.Count).Where(i => columns[i].Column.HasPatterns).ToArray() });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            var (relation, column) = columns[rows.GetInt32(0)];
            var kind = rows.GetString(1);
            var words = kind == "known" ? ValuesOf(known[rows.GetInt32(2)])
                : kind == "free_text" ? $"text over {options.MaxText} characters" : Words[kind];
            findings.Add(new LeakFinding(relation.Name, column.Name, words, rows.GetInt64(3)));
        }
        return findings;
    }

    private static LeakFinding Unmasked(LeavingRelation relation, LeavingColumn column, IdentifyingColumn origin) =>
        new(relation.Name, column.Name, $"comes unmasked from {origin.Relation.Name}.{origin.Column} (class {origin.Class})", 0);

    private static string ValuesOf(IdentifyingColumn column) => $"values of {column.Relation.Name}.{column.Column} (class {column.Class})";

    private static string Query(List<(LeavingRelation Relation, LeavingColumn Column)> columns, List<IdentifyingColumn> known)
    {
        var identifying = known.Select((column, i) => $"select {i}, {Identifier.Quote(column.Column)}::text from {column.Relation.Sql}");
        var none = known.Count == 0 ? "select 0, null::text where false" : "";
        return Sql.Read("Privacy/leak_check.sql")
            .Replace("/*identifying*/", none + string.Join("\n union all ", identifying), StringComparison.Ordinal)
            .Replace("/*leaving*/", Leaving(columns), StringComparison.Ordinal);
    }

    /// <summary>One scan a relation: its columns side by side as rows.</summary>
    private static string Leaving(List<(LeavingRelation Relation, LeavingColumn Column)> columns)
    {
        var text = new StringBuilder();
        var numbered = columns.Select((column, i) => (column.Relation, column.Column, Number: i));
        foreach (var relation in numbered.GroupBy(column => column.Relation))
        {
            var cells = relation.Select(column =>
                $"select {column.Number}, cell.value from ({column.Column.Texts(Identifier.Quote(column.Column.Name))}) as cell (value)");
            if (text.Length > 0) text.Append("\n union all ");
            text.Append("select c.col, c.value from ").Append(relation.Key.Relation.Sql).Append(" as t cross join lateral (")
                .AppendJoin(" union all ", cells).Append(") as c (col, value)");
        }
        return text.ToString();
    }

    /// <summary>Those that exist in the snapshot: a model that is inlined or switched off has no values to leak.</summary>
    private async Task<List<IdentifyingColumn>> ExistingAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var relations = identifying.Select(column => column.Relation).Distinct().ToList();
        var existing = new HashSet<(Relation, string)>();
        await using var command = new NpgsqlCommand(Sql.Read("Privacy/real_columns.sql"), connection);
        command.Parameters.Add(new() { Value = relations.Select(relation => relation.Schema).ToArray() });
        command.Parameters.Add(new() { Value = relations.Select(relation => relation.Name).ToArray() });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel)) existing.Add((relations[(int)rows.GetInt64(0) - 1], rows.GetString(1)));
        return [.. identifying.Where(column => existing.Contains((column.Relation, column.Column)))];
    }

    private bool IsAllowed(LeakFinding finding) =>
        options.Allow.Any(allowed => new Glob(allowed.Column).IsMatch($"{finding.Relation}.{finding.Column}"));
}
