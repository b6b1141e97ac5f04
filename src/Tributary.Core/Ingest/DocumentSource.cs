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

    internal override async Task<string?> LookAsync(LoadScope scope, CancellationToken cancel) =>
        await LookAsync(scope.Stream, await new Checkpoints(scope.Connection, scope.Context, scope.Stream.Key).ReadAsync(cancel), cancel);

    internal override async Task LoadAsync(LoadScope scope, CancellationToken cancel)
    {
        var (connection, context, stream, tally) = scope;
        await (stream.Disposition == Disposition.Replace
            ? new ReplaceLoad(connection, context, stream, this, tally).RunAsync(cancel)
            : new StreamLoad(connection, context, stream, this, tally).RunAsync(cancel));
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
