using Tributary.Core.Ingest.Datasets;
using Tributary.Core.Ingest.Erasing;
using Tributary.Core.Ingest.Formats.Csv;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Ingest.Drops;

/// <summary>
/// A source of drops: folders with a timestamp in their names, each with one file or a family of files a dataset. Where the files lie is
/// the subclass's part; what a drop means to a dataset is decided here.
/// </summary>
public abstract record DropSource(
    string Name,
    SourcePosition At,
    DropRules Drops,
    CsvFormat Csv,
    IReadOnlyDictionary<string, Dataset?> Datasets,
    LoadSettings Load,
    string? Subject) : Source(Name, At, Load)
{
    private static readonly Dataset Plain = new(new Dictionary<string, DatasetColumn?>());

    public override IReadOnlyList<SourceStream> ListStreams() =>
        [.. Datasets.Select(entry => new SourceStream(this, entry.Key, SettingsOf(entry.Value ?? Plain)))];

    /// <summary>What is declared of a stream.</summary>
    public Dataset DatasetOf(SourceStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Datasets[stream.Name] ?? Plain;
    }

    /// <summary>The column of a stream that says whose its records are; null when nobody's.</summary>
    public SubjectColumn? SubjectOf(SourceStream stream)
    {
        var dataset = DatasetOf(stream);
        var column = dataset.Subject?.Column ?? (Subject is not null && dataset.Columns.ContainsKey(Subject) ? Subject : null);
        return column is null ? null : new SubjectColumn(column, dataset.Subject?.Of ?? SubjectColumn.Itself, dataset.Columns.GetValueOrDefault(column)?.Type ?? FieldType.Text);
    }

    /// <summary>
    /// Every file below the path whose first folder begins with <paramref name="prefix"/>, the members of ZIP archives in their place, in any
    /// order. Throws <see cref="UserErrorException"/> (TRB0401) when the path is not there and <see cref="TransientException"/> when the system does not answer.
    /// </summary>
    public abstract IAsyncEnumerable<DropFile> ListFilesAsync(string prefix, CancellationToken cancel);

    /// <summary>The file's bytes as they lie there, a member of an archive unpacked. Throws <see cref="IOException"/> when it changed or is gone.</summary>
    public abstract Task<Stream> OpenAsync(DropFile file, CancellationToken cancel);

    public override void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        base.Validate(check);
        if (check.Has("disposition")) check.Refuse("disposition", "each dataset says how it changes its table");
        if (Subject is not null && !Datasets.Values.Any(dataset => dataset?.Columns.ContainsKey(Subject) == true))
            check.Refuse("subject", "no dataset declares this column", Nearest.Hint(Subject, [.. Datasets.Values.SelectMany(dataset => dataset?.Columns.Keys ?? []).Distinct()]));
        foreach (var stream in ListStreams()) ValidateSubject(check, stream);
    }

    private void ValidateSubject(Validation check, SourceStream stream)
    {
        if (SubjectOf(stream) is not { } column) return;
        if (!DatasetOf(stream).Columns.ContainsKey(column.Name)) check.Refuse("datasets", $"{stream.Name}: the column '{Excerpt.Of(column.Name)}' of its subject is not declared");
        if (!SubjectColumn.CanBe(column.Type)) check.Refuse("datasets", $"{stream.Name}: {column.Name} cannot name a subject", "Whole numbers, text and uuid can.");
        if (column.Space == SubjectColumn.Itself) return;
        var owner = ListStreams().FirstOrDefault(other => other.Name == column.Space);
        if (owner is null || SubjectOf(owner) is not { Space: SubjectColumn.Itself } || DatasetOf(owner).Key is not { Count: 1 })
            check.Refuse("datasets", $"{stream.Name}: `of: {Excerpt.Of(column.Space)}` is no dataset with a subject of its own and a key of one column");
    }

    internal override Task<string?> LookAsync(LoadScope scope, CancellationToken cancel) => new DropLoads(scope, this).LookAsync(cancel);

    internal override Task LoadAsync(LoadScope scope, CancellationToken cancel) => new DropLoads(scope, this).RunAsync(cancel);

    private static StreamSettings SettingsOf(Dataset dataset) => new(dataset.Disposition, dataset.History, dataset.MaxRejects);
}
