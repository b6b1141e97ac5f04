using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Ingest;

/// <summary>A source of JSON documents, which land in raw tables of one document a row.</summary>
public abstract record DocumentSource(string Name, SourcePosition At, LoadSettings Load) : Source(Name, At, Load)
{
    /// <summary>
    /// Says whether <see cref="ReadAsync"/> would give anything behind the checkpoint: null when it would not, else the
    /// reason for the user ("2 new files, first Patient.ndjson"). Called before each load, at most once a run and stream;
    /// changes nothing. Throws <see cref="UserErrorException"/> (TRB0401) when the configuration points at nothing readable and
    /// <see cref="TransientException"/> when the system does not answer now.
    /// </summary>
    public abstract Task<string?> LookAsync(SourceStream stream, Checkpoint checkpoint, CancellationToken cancel);

    /// <summary>
    /// Gives what lies behind the checkpoint as batches of at most <see cref="LoadSettings.BatchBytes"/> (one larger record excepted),
    /// each with the position after it, and ends when nothing more is there. Called once a load; read ahead by one batch on another
    /// thread; each batch is disposed by the caller. After an interruption it is called again with the position of the last batch
    /// that was committed, and must then give exactly what followed (a source that only merges may begin a little earlier). The order is the same every time.
    /// A bad record is a reject of its batch, never an exception. Throws as the look does; batches given
    /// before count.
    /// </summary>
    public abstract IAsyncEnumerable<RecordBatch> ReadAsync(SourceStream stream, Checkpoint checkpoint, CancellationToken cancel);

    /// <summary>
    /// Of a live source: gives what <see cref="ReadAsync"/> gives, and then what comes. A batch is handed out as soon as nothing more is at hand.
    /// Never ends by itself; throws when the system is lost, and the caller comes back with the last committed position.
    /// </summary>
    public virtual IAsyncEnumerable<RecordBatch> ListenAsync(SourceStream stream, Checkpoint checkpoint, CancellationToken cancel) =>
        throw new NotSupportedException($"{GetType().Name} is not live.");

    /// <summary>The source can say what it holds, and give records by their keys.</summary>
    public virtual bool CanCompare => false;

    /// <summary>Of a source that can compare: the key and version of every record that it holds now, in any order.</summary>
    public virtual IAsyncEnumerable<RecordKey> ListKeysAsync(SourceStream stream, CancellationToken cancel) =>
        throw new NotSupportedException($"{GetType().Name} cannot be compared.");

    /// <summary>
    /// Of a source that can compare: the records under these keys as they are now, those that are gone as deletions. The caller disposes
    /// the batch; its position does not count.
    /// </summary>
    public virtual Task<RecordBatch> FetchAsync(SourceStream stream, IReadOnlyList<string> ids, CancellationToken cancel) =>
        throw new NotSupportedException($"{GetType().Name} cannot be compared.");

    internal override Task FollowAsync(LoadScope scope, CancellationToken cancel) =>
        new StreamLoad(scope.Connection, scope.Context, scope.Stream, ListenAsync, scope.Tally).RunAsync(cancel);

    internal override async Task<string?> LookAsync(LoadScope scope, CancellationToken cancel) =>
        await LookAsync(scope.Stream, await new Checkpoints(scope.Connection, scope.Context, scope.Stream.Key).ReadAsync(cancel), cancel);

    internal override async Task LoadAsync(LoadScope scope, CancellationToken cancel)
    {
        var (connection, context, stream, tally) = scope;
        await (stream.Disposition == Disposition.Replace
            ? new ReplaceLoad(connection, context, stream, this, tally).RunAsync(cancel)
            : new StreamLoad(connection, context, stream, ReadAsync, tally).RunAsync(cancel));
        await RawTable.Of(stream).AnalyzeAsync(connection, tally.Total.Inserted + tally.Total.Updated + tally.Total.Deleted, cancel);
    }

    public override void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        base.Validate(check);
        foreach (var stream in ListStreams().Where(stream => stream.History && stream.Disposition != Disposition.Merge))
            check.Refuse("streams", $"{stream.Name} keeps history, which needs disposition merge, and has {stream.Disposition}");
    }
}
