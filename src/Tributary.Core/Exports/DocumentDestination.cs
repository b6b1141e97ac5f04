using Tributary.Core.Text;

namespace Tributary.Core.Exports;

/// <summary>
/// A destination that takes rows as documents, in collections that several servers fill: each has a slice of its own, named
/// <paramref name="Server"/>, and touches no other. Readers see a whole slice, the old or the new.
/// </summary>
public abstract record DocumentDestination(SourcePosition At, string Name, string Server, IReadOnlyList<Track> Tracks, bool Production)
    : Destination(At, Name, Tracks, Production)
{
    /// <summary>What can be said against a collection without asking the server; null when nothing.</summary>
    public abstract string? FindWrong(CollectionConfig collection);

    /// <summary>
    /// Opens this server's slices of a collection for one writer. Throws <see cref="UserErrorException"/> when the server is not one that may
    /// be written to, or when others use the collection's name.
    /// </summary>
    public abstract Task<DocumentCollection> OpenAsync(DocumentPlan plan, CancellationToken cancel);

    /// <summary>The slices of this server that readers see now, with the number of documents counted at the server.</summary>
    public abstract Task<IReadOnlyList<DocumentSlice>> CountAsync(string collection, CancellationToken cancel);

    /// <summary>For <c>check --live</c>: reaches the server and asks whether it can be written to; changes nothing.</summary>
    public abstract Task ReachAsync(CancellationToken cancel);
}
