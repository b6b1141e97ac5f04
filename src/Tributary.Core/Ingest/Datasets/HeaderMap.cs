using System.Text;
using Tributary.Core.Ingest.Formats.Csv;
using Tributary.Core.Ingest.Formats.Csv.Fields;
using Tributary.Core.Text;

namespace Tributary.Core.Ingest.Datasets;

/// <summary>How the columns of one file meet those of the table: by name, in any order.</summary>
internal sealed class HeaderMap
{
    private readonly Dataset dataset;
    private readonly IReadOnlyList<string> header;
    private readonly List<TableColumn> columns = [];
    private readonly List<string> notes = [];
    private readonly HashSet<int> taken = [];
    private readonly byte[][] nulls;

    private HeaderMap(Dataset dataset, CsvFormat format, IReadOnlyList<string> header)
    {
        this.dataset = dataset;
        this.header = header;
        nulls = format.NullWords;
    }

    /// <summary>All columns of the table, the declared ones first.</summary>
    public IReadOnlyList<TableColumn> Columns => columns;

    /// <summary>What the user should know: new columns, missing ones, those that were left out.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>
    /// Maps a header; <paramref name="standing"/> names further columns that the table has. Throws <see cref="HeldException"/> when the contract
    /// does not allow the file.
    /// </summary>
    public static HeaderMap Of(Dataset dataset, CsvFormat format, TimeZoneInfo zone, IReadOnlyList<string> header, IReadOnlyList<string> standing)
    {
        var map = new HeaderMap(dataset, format, [.. header.Select(name => name.Trim())]);
        map.RefuseDoubled();
        foreach (var (name, column) in dataset.Columns) map.Add(name, column ?? new DatasetColumn(), zone);
        map.AddOthers(standing);
        return map;
    }

    private void RefuseDoubled()
    {
        var doubled = header.Where(name => name.Length > 0).GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        if (doubled is not null) throw new HeldException($"its header names the column '{Excerpt.Of(doubled.Key)}' {doubled.Count()} times");
    }

    private void Add(string name, DatasetColumn column, TimeZoneInfo zone)
    {
        var source = -1;
        foreach (var wanted in column.Header ?? [name])
        {
            if (source < 0) source = Find(wanted);
        }
        var isRequired = column.Required || dataset.Key?.Contains(name) == true || dataset.OrderBy == name;
        if (source >= 0) taken.Add(source);
        else if (isRequired || dataset.Drift == Drift.Reject) throw new HeldException($"it has no column '{column.Header?[0] ?? name}'{Renamed()}");
        else notes.Add($"the column {name} is missing and NULL");
        byte[][] words = [.. nulls, .. (column.Nulls ?? []).Select(Encoding.UTF8.GetBytes)];
        columns.Add(new TableColumn(name, column.Writer(zone), source, words, isRequired, column.OnBad == BadField.SetNull, column.Repair));
    }

    // Columns that are declared nowhere: text in the table, or left out.
    private void AddOthers(IReadOnlyList<string> standing)
    {
        var evolves = dataset.Drift == Drift.Evolve || dataset.Columns.Count == 0;
        for (var i = 0; i < header.Count; i++)
        {
            if (taken.Contains(i)) continue;
            if (header[i].Length == 0) notes.Add($"column {i + 1} has no name and is left out");
            else if (dataset.Drift == Drift.Reject && dataset.Columns.Count > 0) throw new HeldException($"it has the new column '{Excerpt.Of(header[i])}'");
            else if (evolves) AddNew(i, standing);
            else notes.Add($"the new column '{Excerpt.Of(header[i])}' is left out");
        }
        if (!evolves) return;
        foreach (var name in standing.Where(name => columns.TrueForAll(column => column.Name != name)))
            columns.Add(new TableColumn(name, new PlainText(), -1, nulls, false, false, false));
    }

    private void AddNew(int source, IReadOnlyList<string> standing)
    {
        var name = NameOf(header[source]);
        if (columns.Exists(column => column.Name == name)) throw new HeldException($"two of its columns would both be called {name}");
        columns.Add(new TableColumn(name, new PlainText(), source, nulls, false, false, false));
        if (dataset.Columns.Count > 0 && !standing.Contains(name)) notes.Add($"the new column {name} is text");
    }

    /// <summary>The name of a column that nobody declared: lower case; what is no letter, digit or underscore becomes one.</summary>
    public static string NameOf(string header)
    {
        var name = new string([.. header.ToLowerInvariant().Select(c => char.IsLetterOrDigit(c) || c == '_' ? c : '_')]).TrimStart('_');
        return Identifier.Shorten(name.Length == 0 || name is "valid_from" or "valid_to" or "known_from" or "known_to" ? $"column_{name}" : name);
    }

    private int Find(string wanted)
    {
        for (var i = 0; i < header.Count; i++)
        {
            if (string.Equals(header[i], wanted, StringComparison.OrdinalIgnoreCase)) return i;
        }
        return -1;
    }

    private string Renamed()
    {
        var known = dataset.Columns.SelectMany(column => column.Value?.Header ?? [column.Key]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var strangers = header.Where(name => name.Length > 0 && !known.Contains(name)).Take(3).Select(name => $"'{Excerpt.Of(name)}'").ToList();
        return strangers.Count == 0 ? "" : $"; new is {string.Join(", ", strangers)}: if it was renamed, add the new name under `header`";
    }
}
