using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Ingest;

/// <summary>
/// The seam to an outside system that is read. A source is a sealed record marked <see cref="KindAttribute"/> that carries its own
/// configuration and nothing else: it may be asked about several streams at once, from several threads. What it gives is below:
/// documents (<see cref="DocumentSource"/>) or drops of files with typed columns (<see cref="Drops.DropSource"/>).
/// </summary>
public abstract record Source(string Name, SourcePosition At, LoadSettings Load) : IValidated
{
    /// <summary>The streams in the order of the file. No I/O; the same answer every time.</summary>
    public abstract IReadOnlyList<SourceStream> ListStreams();

    /// <summary>What stands in the source column of a raw table that several streams share; the stream's key unless the source says otherwise.</summary>
    public virtual string LabelOf(SourceStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return stream.Key;
    }

    /// <summary>What a position says to those who watch a progress table; null where positions are nothing that they would know.</summary>
    public virtual StreamProgress? ProgressOf(string position) => null;

    /// <summary>The position behind a sequence that another program has reached; see <see cref="ProgressOf"/>.</summary>
    public virtual string PositionAt(string sequence) => throw new NotSupportedException($"{GetType().Name} has no sequences.");

    /// <summary>Says whether <see cref="LoadAsync"/> would find anything new: null when it would not, else the reason for the user.</summary>
    internal abstract Task<string?> LookAsync(LoadScope scope, CancellationToken cancel);

    /// <summary>Brings the stream up to date and commits what it does; the stream's lock is held.</summary>
    internal abstract Task LoadAsync(LoadScope scope, CancellationToken cancel);

    /// <summary>Positions are sequences that a progress table can show.</summary>
    public virtual bool HasSequences => false;

    /// <summary>Why a corrected record cannot be released into its streams, for the user; null when it can.</summary>
    public virtual string? WhyNotReleased => null;

    /// <summary>Streams that must be loaded before this one, as <c>source.stream</c>.</summary>
    public virtual IReadOnlyList<string> After(SourceStream stream) => [];

    /// <summary>The source tells of changes as they happen: <see cref="FollowAsync"/> may be called.</summary>
    public virtual bool IsLive => false;

    /// <summary>Brings the stream up to date and stays: each change is committed as it comes. Ends by cancellation, or throws as <see cref="LoadAsync"/> does.</summary>
    internal virtual Task FollowAsync(LoadScope scope, CancellationToken cancel) => throw new NotSupportedException($"{GetType().Name} is not live.");

    /// <summary>Checks the configuration without touching the outside system; called once, when the file was read.</summary>
    public virtual void Validate(Validation check)
    {
        Load.Validate(check);
        if (ListStreams().Count == 0) check.Refuse("streams", "expected at least one stream");
        if (Load.Raw.Progress is not null && !HasSequences) check.Refuse("raw", "progress: this kind of source has no sequence to show");
        if (Load.Raw.Columns.Source is not null)
        {
            foreach (var stream in ListStreams().Where(stream => stream.Disposition != Disposition.Merge || stream.History))
                check.Refuse("streams", $"{stream.Name} lands in a table with a source column, which needs disposition merge and no history");
        }
        foreach (var twins in ListStreams().GroupBy(stream => (stream.Raw, Load.Raw.Columns.Source is null ? "" : stream.Label)).Where(group => group.Count() > 1))
        {
            var names = string.Join(", ", twins.Select(stream => stream.Name));
            check.Refuse("raw", $"the streams {names} all land in {twins.Key.Raw}", "Put {stream} into raw.table, or name a column under raw.columns.source that tells their rows apart.");
        }
    }
}
