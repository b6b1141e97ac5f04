using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Ingest.Queries;

/// <summary>
/// A database whose tables and queries land in tables of the same columns. How it is asked is the subclass's part; what a load does with the
/// rows is decided here.
/// </summary>
public abstract record QuerySource(string Name, SourcePosition At, IReadOnlyDictionary<string, QueryStream?> Streams, LoadSettings Load) : Source(Name, At, Load)
{
    public override IReadOnlyList<SourceStream> ListStreams() =>
        [.. Streams.Select(entry => new SourceStream(this, entry.Key, new StreamSettings(entry.Value?.Cursor is null ? Disposition.Replace : Disposition.Merge)))];

    /// <summary>What is declared of a stream; one without a declaration is the table of its name.</summary>
    public QueryStream QueryOf(SourceStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var declared = Streams[stream.Name] ?? new QueryStream(new Dictionary<string, string>(), TimeSpan.Zero);
        return declared is { Table: null, Query: null } ? declared with { Table = stream.Name } : declared;
    }

    /// <summary>A session of one load. Throws TRB0401 and the like when it is refused, <see cref="TransientException"/> when the system does not answer.</summary>
    public abstract Task<QuerySession> ConnectAsync(CancellationToken cancel);

    /// <summary>Keys of a load that have no meaning for rows of a database.</summary>
    private static readonly string[] Foreign = ["disposition", "history", "max_rejects", "batch_bytes"];

    public override string? WhyNotReleased => "a row is corrected in its database, whose next load brings it";

    public override IReadOnlyList<string> After(SourceStream stream) => QueryOf(stream).Keys?.After ?? [];

    public override void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        base.Validate(check);
        foreach (var key in Foreign.Where(check.Has))
            check.Refuse(key, "rows of a database are replaced, or merged by a cursor", key == "disposition" ? "Name a `cursor:` with the stream, or none." : null);
        if (Load.Raw.Columns.Source is not null) check.Refuse("raw", "columns: rows of a database keep their own columns");
    }

    /// <summary>Only the database knows, and asking costs what reading does: a load that finds the same rows changes nothing.</summary>
    internal override Task<string?> LookAsync(LoadScope scope, CancellationToken cancel) => Task.FromResult<string?>("a database is asked every time");

    internal override Task LoadAsync(LoadScope scope, CancellationToken cancel) => new QueryLoad(scope, this).RunAsync(cancel);
}
