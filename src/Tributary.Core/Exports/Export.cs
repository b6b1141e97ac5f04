using Tributary.Core.Privacy;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Exports;

/// <summary>Which relations leave together, as one ZIP of CSV files or as documents: <c>exports/&lt;name&gt;.yml</c>.</summary>
[Description("Relations that leave together, as one ZIP of CSV files or as documents of collections.")]
public sealed record Export(
    SourcePosition At,
    [Given] string Name,
    [Description("Who may see it: pii, anon or metrics.")] Track Track,
    [Description("Models to export: names or globs; the files are in the order of names.")][OneOrMany] IReadOnlyList<string> Relations,
    [Description("The file's path at the destination: {track}, {export}, {project}, {target} and dates such as {yyyy} or {yyyyMMdd_HHmmss}, in UTC, of the run's as-of instant. Not for a destination that holds documents.")]
    [Default("\"\"")] string File,
    [Description("The destination's name, or several: the first of them that the target may use.")][OneOrMany] IReadOnlyList<string> To,
    [Description("Each relation's row order by name or glob: a list of columns, or `primary`; default: all columns. Columns that are not named follow.")]
    IReadOnlyDictionary<string, object>? OrderBy = null,
    [Description("How the CSV files are written.")] CsvOptions? Csv = null,
    [Description("Known false alarms of the leak check.")] LeakOptions? LeakCheck = null,
    [Description("How long delivered files stay: `90 days` or `10 newest`; default: for ever. The newest always stays.")] string? Keep = null,
    [Description("Also write latest/<export>.json, which names the newest file with its SHA-256.")] bool Latest = false,
    [Description("For a destination that holds documents: what becomes of each relation, by its name.")] IReadOnlyDictionary<string, CollectionConfig>? Collections = null,
    [Description("zip: one ZIP of CSV files with a manifest; csv: the one relation as a plain CSV file.")] ExportFormat Format = ExportFormat.Zip,
    [Description("Values that each delivery is made for, as year and state, with the pattern that the whole value must match. They come from --var or a job's for_each and vars, and stand in `file` as {name}.")]
    IReadOnlyDictionary<string, string>? Parameters = null,
    [Description("Only rows whose column has the value of a parameter: { year: year, state: state }.")] IReadOnlyDictionary<string, string>? Filter = null,
    [Description("A file of the same name is replaced in one step; else the new one gets a number.")] bool Replaces = false) : IValidated
{
    /// <summary>The word for the primary key in <c>order_by</c>.</summary>
    public const string PrimaryKey = "primary";

    public void Validate(Validation check)
    {
        if (Relations.Count == 0) check.Refuse("relations", "an export needs at least one relation");
        if (To.Count == 0) check.Refuse("to", "an export needs a destination");
        if (File.Length > 0 && FilePattern.Find(File, Format == ExportFormat.Zip ? ".zip" : "", [.. (Parameters ?? new Dictionary<string, string>()).Keys]) is { } wrong) check.Refuse("file", wrong, FilePattern.Hint);
        if (Keep is not null && Retention.Parse(Keep) is null) check.Refuse("keep", Retention.Expected);
        ExportParameters.Validate(this, check);
        if (Replaces && Keep is not null) check.Refuse("keep", "a file that is replaced leaves no older ones");
        foreach (var (name, columns) in OrderBy ?? new Dictionary<string, object>())
        {
            if (columns is not (string or IReadOnlyList<object?>)) check.Refuse("order_by", $"the order of '{name}' is neither a list of columns nor `{PrimaryKey}`");
        }
    }

    /// <summary>The columns that <c>order_by</c> names for a relation, exact names before globs; empty when it names none.</summary>
    public IReadOnlyList<string> OrderOf(string relation)
    {
        var found = OrderBy?.GetValueOrDefault(relation)
            ?? OrderBy?.FirstOrDefault(entry => new Glob(entry.Key).IsMatch(relation)).Value;
        return found switch
        {
            string one => [one],
            IEnumerable<object?> many => [.. many.Select(column => column?.ToString() ?? "")],
            _ => [],
        };
    }
}

/// <summary>What an export's file is.</summary>
public enum ExportFormat
{
    Zip,
    Csv,
}
