using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Ingest.Queries;

/// <summary>One stream of a database: a table, or a query with parameters, and how what changed in it is found.</summary>
public sealed record QueryStream(
    [Description("Values by name; :name in the query stands for the value as text, quoted safely.")][Default("{}")] IReadOnlyDictionary<string, string> Parameters,
    [Description("With a cursor of time: how far before the newest value that is known the next load begins. Longer than the database's longest transaction.")]
    [Default("10m")] TimeSpan Overlap,
    [Description("A table or view of the database, as schema.table. Default: the stream's name.")] string? Table = null,
    [Description("A query instead of a table.")] string? Query = null,
    [Description("The columns that make a row one of its kind.")][OneOrMany] IReadOnlyList<string>? Key = null,
    [Description("A column that rises when a row changes: a load reads the rows from there on and merges them by key. Without it a load reads everything and replaces.")] string? Cursor = null,
    [Description("With a cursor of numbers: how far before the newest one the next load begins.")] long OverlapBy = 1000,
    [Description("Read only the rows of keys that a query on the warehouse gives.")] QueryKeys? Keys = null) : IValidated
{
    /// <summary>The name that stands for the keys of a batch.</summary>
    internal const string KeysName = "keys";

    public void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (Table is not null && Query is not null) check.Refuse("table", "expected either table or query");
        if (Table is not null && Table.Split('.').Any(part => part.Length == 0 || part.Contains('\0'))) check.Refuse("table", "expected a name such as public.appointments");
        if (Cursor is not null && Key is null) check.Refuse("key", "a cursor needs a key, by which changed rows find the old ones");
        if (Cursor is not null && Keys is not null) check.Refuse("keys", "rows are found by a cursor or by keys, not by both");
        if (Overlap < TimeSpan.Zero) check.Refuse("overlap", "expected 0s or more");
        if (OverlapBy < 0) check.Refuse("overlap_by", "expected 0 or more");
        if (Parameters.ContainsKey(KeysName)) check.Refuse("parameters", "the name keys stands for the keys of a batch");
        if (Parameters.Values.Any(value => value.Contains('\0'))) check.Refuse("parameters", "a value holds a NUL character");
        if (Query is not null) CheckNames(check, QueryText.Parse(Query));
        else if (Parameters.Count > 0 || Keys is not null) check.Refuse(Keys is null ? "parameters" : "keys", "only a query has places for values");
    }

    private void CheckNames(Validation check, QueryText text)
    {
        string[] known = [.. Parameters.Keys, .. Keys is null ? Array.Empty<string>() : [KeysName]];
        foreach (var name in text.Names.Except(known))
            check.Refuse("query", $":{Excerpt.Of(name)} is no parameter", name == KeysName ? "Say under `keys:` where the keys come from." : $"{Nearest.Hint(name, known)} In a slice such as a[1 : n] put a space behind the colon.".Trim());
        foreach (var name in known.Except(text.Names)) check.Refuse("query", $"nothing uses :{Excerpt.Of(name)}", name == KeysName ? "Write `where care_plan_id in (:keys)`." : null);
    }
}

/// <summary>Where the keys of a look-up come from.</summary>
public sealed record QueryKeys(
    [Description("A query on the warehouse that gives one column of keys; NULL and doubles do not count.")] string Query,
    [Description("Streams that must be loaded before, as source.stream.")][Default("[]")][OneOrMany] IReadOnlyList<string> After,
    [Description("Keys a query.")] int Batch = 500) : IValidated
{
    public void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        if (Batch is < 1 or > 100_000) check.Refuse("batch", "expected 1 to 100000");
    }
}
