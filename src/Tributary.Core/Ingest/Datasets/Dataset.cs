using System.Text.Json.Serialization;
using Tributary.Core.Ingest.Formats.Csv;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Ingest.Datasets;

/// <summary>One dataset of a drop: its files, its columns, and what holds of it from night to night.</summary>
public sealed record Dataset(
    [Description("The columns by their names in the table. Without them every column of the file is text.")][Default("{}")] IReadOnlyDictionary<string, DatasetColumn?> Columns,
    [Description("The file's name in the drop, or several names or globs when the dataset is a family of files; .gz and members of ZIP files count. Default: <dataset>.csv, case aside.")]
    [OneOrMany] IReadOnlyList<string>? Files = null,
    [Description("The columns that make a record one of its kind.")][OneOrMany] IReadOnlyList<string>? Key = null,
    [Description("replace: each drop holds all of it; merge: a drop holds what is new or changed.")] Disposition Disposition = Disposition.Replace,
    [Description("The column whose larger value is the newer version of a record; without it the later drop is.")] string? OrderBy = null,
    [Description("Keep every version of a record in <table>_history.")] bool? History = null,
    [Description("When the file's columns differ from the declared ones: evolve takes new columns as text, freeze leaves them out, reject holds the drop.")] Drift Drift = Drift.Evolve,
    [Description("When a drop has no file of the dataset: keep what stands, or hold the drop for a human. Default: keep; hold for merge.")] MissingFile? Missing = null,
    [Description("Largest loss of rows from one snapshot to the next, as a share; one that shrinks by more is held for a human.")] double MaxShrink = 0.5,
    [Description("Longest time between two drops of a chain of deltas (merge); behind a longer gap the dataset waits for the missing drop or for a human.")] TimeSpan? MaxGap = null,
    [Description("A load that meets more bad records than this is not taken.")] long? MaxRejects = null,
    [Description("How these files are written, when they differ from the source's others.")] CsvFormat? Csv = null,
    // Says whose a record is and not what becomes of it: no part of the contract by which files are read.
    [property: JsonIgnore][Description("The column that says whose a record is, where it is not the source's `subject`.")] DatasetSubject? Subject = null) : IValidated
{
    public bool IsFamily => Files is { Count: > 1 } || (Files is { Count: 1 } && !new Glob(Files[0]).IsLiteral);

    internal MissingFile OnMissing => Missing ?? (Disposition == Disposition.Merge ? MissingFile.Hold : MissingFile.Keep);

    public void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (Disposition == Disposition.Append) check.Refuse("disposition", "expected replace or merge");
        if (Disposition == Disposition.Merge && Key is null) check.Refuse("key", "a merge needs a key", "Name the columns that make a record one of its kind.");
        if (History == true && Key is null) check.Refuse("key", "history needs a key");
        if (OrderBy is not null && Key is null) check.Refuse("order_by", "an order needs a key");
        if (MaxGap is not null && Disposition != Disposition.Merge) check.Refuse("max_gap", "only deltas (merge) have a chain");
        if (MaxShrink is < 0 or > 1) check.Refuse("max_shrink", "expected a share from 0 to 1");
        if (MaxRejects < 0) check.Refuse("max_rejects", "expected 0 or more");
        foreach (var name in (Key ?? []).Concat(OrderBy is null ? [] : [OrderBy]).Where(name => !Columns.ContainsKey(name)))
            check.Refuse("columns", $"the column '{Excerpt.Of(name)}' of key or order_by is not declared", Nearest.Hint(name, [.. Columns.Keys]));
        foreach (var name in Columns.Keys.Where(name => name.Length == 0 || name.StartsWith('_') || name.Contains('\0') || Identifier.Shorten(name) != name || name is "valid_from" or "valid_to" or "known_from" or "known_to"))
            check.Refuse("columns", $"'{Excerpt.Of(name)}' cannot be a column's name here", "Names of 1 to 63 bytes; those with an underscore first, and valid_from, valid_to, known_from, known_to, are the engine's.");
        foreach (var json in Columns.Where(column => column.Value?.Type == FieldType.Json && ((Key?.Contains(column.Key) ?? false) || OrderBy == column.Key)))
            check.Refuse("columns", $"{json.Key} is json and cannot be a key or an order");
    }
}

/// <summary>What a difference between a file's columns and the declared ones does.</summary>
public enum Drift
{
    Evolve,
    Freeze,
    Reject,
}

/// <summary>What a drop without the dataset's file does.</summary>
public enum MissingFile
{
    Keep,
    Hold,
}
