using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Ingest;

/// <summary>
/// The seam to an outside system that is read. A source is a sealed record marked <see cref="KindAttribute"/> that carries its own
/// configuration and nothing else: it may be asked about several streams at once, from several threads.
/// </summary>
public abstract record Source(string Name, SourcePosition At, LoadSettings Load) : IValidated
{
    /// <summary>The streams in the order of the file. No I/O; the same answer every time.</summary>
    public abstract IReadOnlyList<SourceStream> ListStreams();

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
    /// that was committed, and must then give exactly what followed. The order is the same every time.
    /// A bad record is a reject of its batch, never an exception. Throws as <see cref="LookAsync"/> does; batches given
    /// before count.
    /// </summary>
    public abstract IAsyncEnumerable<RecordBatch> ReadAsync(SourceStream stream, Checkpoint checkpoint, CancellationToken cancel);

    /// <summary>Checks the configuration without touching the outside system; called once, when the file was read.</summary>
    public virtual void Validate(Validation check)
    {
        Load.Validate(check);
        if (ListStreams().Count == 0) check.Refuse("streams", "expected at least one stream");
        foreach (var stream in ListStreams().Where(stream => stream.History && stream.Disposition != Disposition.Merge))
            check.Refuse("streams", $"{stream.Name} keeps history, which needs disposition merge, and has {stream.Disposition}");
        foreach (var twins in ListStreams().GroupBy(stream => stream.Raw).Where(group => group.Count() > 1))
        {
            var names = string.Join(", ", twins.Select(stream => stream.Name));
            check.Refuse("raw", $"the streams {names} all land in {twins.Key}", "Put {stream} into raw.table.");
        }
    }
}
