using System.Text.Json;
using Tributary.Core.Graph;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Forms;

/// <summary>Writes the query of a form's table.</summary>
internal sealed class FormSql(FormTable table, ReportsTable reports)
{
    /// <summary>jsonb_build_object takes a hundred arguments.</summary>
    private const int PairsAtOnce = 50;

    private static readonly string Document = "raw.<document>";

    /// <summary>What every report has, whatever its form; who stands above the sender is as it was when they reported.</summary>
    public static readonly IReadOnlyList<(string Name, string Type, string Sql, string Description)> ReportColumns =
    [
        ("uuid", "text", "raw.<id>", "Id of the report."),
        ("reported", "timestamptz", Reported("<doc> ->> 'reported_date'"), "When it was sent, by the sender's clock."),
        ("form_version", "text", "nullif(<doc> #>> '{form_version,version}', '')", "Version of the form that it was filled in with, where the app says so."),
        ("from_phone", "text", "nullif(<doc> ->> 'from', '')", "The sender's telephone number."),
        ("patient_id", "text", "coalesce(nullif(<doc> ->> 'patient_id', ''), nullif(<doc> #>> '{fields,patient_id}', ''), nullif(<doc> #>> '{fields,patient_uuid}', ''))", "Whom it is about: a short code or an id."),
        ("place_id", "text", "coalesce(nullif(<doc> ->> 'place_id', ''), nullif(<doc> #>> '{fields,place_id}', ''))", "The place that it is about."),
        ("contact_uuid", "text", "nullif(<doc> #>> '{contact,_id}', '')", "Who sent it."),
        ("parent_uuid", "text", "nullif(<doc> #>> '{contact,parent,_id}', '')", "The place of the sender when it was sent."),
        ("grandparent_uuid", "text", "nullif(<doc> #>> '{contact,parent,parent,_id}', '')", "The place above."),
        ("lineage", "text[]", Lineage(), "All places above the sender when it was sent, the nearest first."),
    ];

    public string Template() => SqlTemplate.Fill("Forms/form_table.sql",
        ("changes", reports.Changes),
        ("document", Identifier.Quote(reports.Document)),
        ("form", SqlTemplate.Literal(table.Newest.Form)),
        ("report_columns", string.Concat(Kept.Select(column => $"        {Fill(column.Sql)} as {Identifier.Quote(column.Name)},\n"))),
        ("entries", Entries()),
        ("kept", string.Concat(KeptNames.Select(name => $"        {Identifier.Quote(name)},\n"))),
        ("answers", string.Concat(table.Columns.Select((column, i) => $"        nullif(fields #>> {PathOf(column.Newest.Path.Skip(table.Depth))}, '') as q{i},\n"))),
        ("known", SqlTemplate.Literal(Known())),
        ("typed", string.Concat(table.Columns.SelectMany((column, i) => Parts(column).Select((part, n) => $",\n        {part.Cast($"nullif(q{i}, 'NaN')")} as c{i}_{n}")))),
        ("columns", string.Concat(table.Columns.SelectMany((column, i) => Columns(column, i).Select(one => $"    {one.Sql} as {Identifier.Quote(one.Name)},\n")))),
        ("errors", Errors()));

    /// <summary>The columns in order, for the docs.</summary>
    public IEnumerable<GeneratedColumn> Described() =>
    [
        .. Kept.Select(column => new GeneratedColumn(column.Name, column.Description, column.Type, Tests: column.Name == "uuid" ? (table.List.Length == 0 ? ["not_null", "unique"] : ["not_null"]) : null)),
        .. table.Positions.Select(name => new GeneratedColumn(name, "The entry's number in its list, from 1.", "integer")),
        .. table.Columns.SelectMany(column => column.Value(table.Newest.IsSms).Parts.Select(part => new GeneratedColumn(column.Name + part.Suffix, Describe(column), part.SqlType))),
        new GeneratedColumn("_unknown", "What was answered and stands in no definition of the form.", "jsonb"),
        new GeneratedColumn("_errors", "Why a column is empty although there was an answer, by column.", "jsonb"),
    ];

    private IEnumerable<(string Name, string Type, string Sql, string Description)> Kept => table.List.Length == 0 ? ReportColumns : ReportColumns.Take(1);

    private IEnumerable<string> KeptNames => Kept.Select(column => column.Name).Concat(table.Positions);

    private string Fill(string sql) => sql.Replace("<doc>", Document, StringComparison.Ordinal)
        .Replace("<document>", Identifier.Quote(reports.Document), StringComparison.Ordinal).Replace("<id>", Identifier.Quote(reports.Id), StringComparison.Ordinal);

    /// <summary>One row an entry of the lists on the way, or the report itself.</summary>
    private string Entries()
    {
        if (table.Lists.Count == 0) return "reports";
        var (from, before, owner) = ("reports", 0, "fields");
        for (var i = 0; i < table.Lists.Count; i++)
        {
            var list = $"{owner} #> {PathOf(table.Columns[0].Newest.Path.Take(table.Lists[i]).Skip(before))}";
            from += $"\n    cross join lateral jsonb_array_elements(case jsonb_typeof({list}) when 'array' then {list} when 'object' then jsonb_build_array({list}) else '[]' end) with ordinality as l{i} (entry, number)";
            (before, owner) = (table.Lists[i], $"l{i}.entry");
        }
        var positions = string.Concat(table.Positions.Select((name, i) => $"l{i}.number::integer as {Identifier.Quote(name)}, "));
        return $"(\n    select uuid, {positions}{owner} as fields\n    from {from}\n    ) as entries";
    }

    private IReadOnlyList<FormPart> Parts(FormColumn column) => column.Value(table.Newest.IsSms) is { Parts: var parts } value && !IsText(value) ? parts : [];

    private static bool IsText(FormValue value) => value.Parts is [{ SqlType: "text" }];

    private IEnumerable<(string Sql, string Name)> Columns(FormColumn column, int i) =>
        IsText(column.Value(table.Newest.IsSms)) ? [($"q{i}", column.Name)] : Parts(column).Select((part, n) => ($"c{i}_{n}", column.Name + part.Suffix));

    private string Errors()
    {
        var pairs = table.Columns.Select((column, i) => (column, i, column.Value(table.Newest.IsSms).Refusal)).Where(one => one.Refusal is not null)
            .Select(one => $"{SqlTemplate.Literal(one.column.Name)}, case when q{one.i} <> 'NaN' and c{one.i}_0 is null then {SqlTemplate.Literal(one.Refusal!)} end") // filtered
            .Chunk(PairsAtOnce).Select(some => $"jsonb_build_object({string.Join(", ", some)})").ToList();
        return pairs.Count == 0 ? "null::jsonb" : $"nullif(jsonb_strip_nulls({string.Join(" || ", pairs)}), '{{}}')";
    }

    /// <summary>The names that are no news, nested as they stand.</summary>
    private string Known()
    {
        var known = new Dictionary<string, object>(StringComparer.Ordinal);
        var below = table.Columns.Select(column => column.Newest.Path.Skip(table.Depth).ToArray()).Concat(Inner());
        foreach (var path in below)
        {
            var here = known;
            foreach (var name in path[..^1])
            {
                if (here.GetValueOrDefault(name) is not Dictionary<string, object> inner) here[name] = inner = new(StringComparer.Ordinal);
                here = inner;
            }
            here.TryAdd(path[^1], true);
        }
        return JsonSerializer.Serialize(known);
    }

    /// <summary>Lists have tables of their own.</summary>
    private IEnumerable<string[]> Inner() => table.Newest.Fields
        .Where(field => field.Lists.Count > table.Lists.Count && field.ListKey.StartsWith(table.List.Length == 0 ? "" : table.List + "/", StringComparison.Ordinal))
        .Select(field => field.Path.Take(field.Lists[table.Lists.Count]).Skip(table.Depth).ToArray());

    private static string PathOf(IEnumerable<string> path) => $"array[{string.Join(", ", path.Select(SqlTemplate.Literal))}]";

    private static string Describe(FormColumn column)
    {
        var label = column.Newest.Labels.GetValueOrDefault("en") ?? column.Newest.Labels.Values.FirstOrDefault() ?? "";
        return (label.Length > 0 ? label : column.Newest.Key).Replace("{", "(", StringComparison.Ordinal);
    }

    private static string Reported(string text) =>
        $"case when {text} ~ '^\\d{{1,14}}(?:\\.\\d{{1,6}})?$' then to_timestamp(({text})::double precision / 1000) else {SafeCast.Timestamp($"({text})")} end";

    private static string Lineage() =>
        $"array_remove(array[{string.Join(", ", Enumerable.Range(1, 6).Select(depth => $"nullif(<doc> #>> '{{contact,{string.Concat(Enumerable.Repeat("parent,", depth))}_id}}', '')"))}], null)";
}
