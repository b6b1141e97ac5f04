using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Ingest;

/// <summary>
/// The seam to an outside system that is read. A source is a sealed record marked <see cref="KindAttribute"/> that carries its own
/// configuration and nothing else: it may be asked about several streams at once, from several threads. What it gives is below:
/// documents (<see cref="DocumentSource"/>), for now.
/// </summary>
public abstract record Source(string Name, SourcePosition At, LoadSettings Load) : IValidated
{
    /// <summary>The streams in the order of the file. No I/O; the same answer every time.</summary>
    public abstract IReadOnlyList<SourceStream> ListStreams();

    /// <summary>Says whether <see cref="LoadAsync"/> would find anything new: null when it would not, else the reason for the user.</summary>
    internal abstract Task<string?> LookAsync(LoadScope scope, CancellationToken cancel);

    /// <summary>Brings the stream up to date and commits what it does; the stream's lock is held.</summary>
    internal abstract Task LoadAsync(LoadScope scope, CancellationToken cancel);

    /// <summary>Checks the configuration without touching the outside system; called once, when the file was read.</summary>
    public virtual void Validate(Validation check)
    {
        Load.Validate(check);
        if (ListStreams().Count == 0) check.Refuse("streams", "expected at least one stream");
        foreach (var twins in ListStreams().GroupBy(stream => stream.Raw).Where(group => group.Count() > 1))
        {
            var names = string.Join(", ", twins.Select(stream => stream.Name));
            check.Refuse("raw", $"the streams {names} all land in {twins.Key}", "Put {stream} into raw.table.");
        }
    }
}
