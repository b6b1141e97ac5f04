using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Ingest.Drops;
using Tributary.Core.Ingest.Formats.Csv;
using Tributary.Core.Text;

namespace Tributary.Core.Ingest.Erasing;

/// <summary>
/// Takes one subject out of everything that a source's datasets hold, in one transaction: tables, histories, rejects; and writes down, as hashes,
/// whose records no later load may bring back. Done again it finds nothing more.
/// </summary>
public sealed class SubjectErasure(RunContext context, DropSource source)
{
    private readonly IReadOnlyList<(SourceStream Stream, SubjectColumn Column)> datasets = [.. source.ListStreams()
        .Select(stream => (Stream: stream, Column: source.SubjectOf(stream)!)).Where(dataset => dataset.Column is not null).OrderBy(dataset => dataset.Stream.Key, StringComparer.Ordinal)];

    /// <summary>Columns that hold the subject itself, wherever they stand.</summary>
    public IReadOnlyList<string> Columns => [.. datasets.Where(dataset => dataset.Column.Space == SubjectColumn.Itself).Select(dataset => dataset.Column.Name).Distinct()];

    /// <summary>The streams that may hold records of a subject.</summary>
    public IReadOnlyList<SourceStream> Streams => [.. datasets.Select(dataset => dataset.Stream)];

    /// <summary>
    /// <paramref name="record"/> is called inside the transaction before it ends; with <paramref name="isDryRun"/> nothing stays. Waits for loads that run.
    /// </summary>
    public async Task<Erased> RunAsync(ErasureRequest request, bool isDryRun, Func<NpgsqlConnection, Erased, Task> record, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(record);
        var subject = Read(request.Value);
        await using var connection = await context.Database.OpenAsync(cancel);
        foreach (var (stream, _) in datasets) await StreamLock.TakeAsync(connection, context, stream.Key, RawTable.Of(stream), cancel);
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            var erased = await EraseAsync(connection, request, subject, cancel);
            if (isDryRun) return erased;
            await record(connection, erased);
            await transaction.CommitAsync(cancel);
            return erased;
        }
        finally
        {
            if (connection.State == System.Data.ConnectionState.Open) await StreamLock.ReleaseAsync(connection);
        }
    }

    /// <summary>The value in the one form in which it is compared. Throws TRB0321 when no column could hold it.</summary>
    public string Read(string value)
    {
        var text = SubjectText.Of(value);
        var isNumber = datasets.All(dataset => dataset.Column is { Space: not SubjectColumn.Itself } or { Type: FieldType.Smallint or FieldType.Integer or FieldType.Bigint });
        if (datasets.Count > 0 && text.Length > 0 && (!isNumber || long.TryParse(text, out _))) return text;
        throw new UserErrorException(
            ErrorCodes.SubjectUnknown, source.At, $"What was given names no subject of {source.Name}: {(text.Length == 0 ? "it is empty" : $"expected a number, as in {string.Join(", ", Columns)}")}.",
            "Give the value as it stands in the column; its text is not repeated here.");
    }

    private async Task<Erased> EraseAsync(NpgsqlConnection connection, ErasureRequest request, string subject, CancellationToken cancel)
    {
        var spaces = await SpacesAsync(connection, subject, cancel);
        var list = await ErasedValues.ReadAsync(connection, context, source.Name, cancel);
        foreach (var (space, values) in spaces) await list.AddAsync(connection, context, request, space, values, cancel);
        var tells = await TellsAsync(connection, subject, cancel);
        var streams = new List<ErasedStream>();
        foreach (var (stream, column) in datasets)
            streams.Add(await new StreamErasure(connection, context, stream, column.Name).RunAsync(spaces.GetValueOrDefault(column.Space, []), cancel));
        var rejects = await new RejectErasure(connection, context, [.. source.ListStreams().Select(stream => stream.Key)]).RunAsync(new HashSet<string> { subject }, tells, cancel);
        return new Erased(streams, rejects, spaces);
    }

    // The subject, and the keys of their records to which records of other datasets refer.
    private async Task<Dictionary<string, IReadOnlyList<string>>> SpacesAsync(NpgsqlConnection connection, string subject, CancellationToken cancel)
    {
        var spaces = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { [SubjectColumn.Itself] = [subject] };
        foreach (var space in datasets.Select(dataset => dataset.Column.Space).Distinct().Where(space => space != SubjectColumn.Itself))
        {
            var (owner, column) = datasets.Single(dataset => dataset.Stream.Name == space);
            spaces[space] = await new StreamErasure(connection, context, owner, column.Name).ReadAsync(source.DatasetOf(owner).Key![0], [subject], cancel); // checked with the file
        }
        return spaces;
    }

    // Of the dataset that is about the subjects themselves.
    private async Task<IReadOnlyList<string>> TellsAsync(NpgsqlConnection connection, string subject, CancellationToken cancel)
    {
        var tells = new List<string>();
        foreach (var (stream, column) in datasets.Where(dataset => source.DatasetOf(dataset.Stream).Key is { Count: 1 } key && key[0] == dataset.Column.Name))
        {
            var texts = source.DatasetOf(stream).Columns.Where(entry => (entry.Value?.Type ?? FieldType.Text) == FieldType.Text).Select(entry => entry.Key);
            tells.AddRange(await new StreamErasure(connection, context, stream, column.Name).ReadTellsAsync([subject], texts, cancel));
        }
        return tells;
    }
}
