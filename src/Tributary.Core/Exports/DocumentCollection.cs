namespace Tributary.Core.Exports;

/// <summary>
/// One server's slices of one collection, while one writer fills them. What is added is not seen before <see cref="PublishAsync"/>; disposing
/// without it gives up. Throws as <see cref="Destination"/> does.
/// </summary>
public abstract class DocumentCollection : IAsyncDisposable
{
    /// <summary>What readers see of this server now.</summary>
    public abstract IReadOnlyList<DocumentSlice> Standing { get; }

    /// <summary>Starts slices beside those that stand, and removes what interrupted writers left. Called once.</summary>
    public abstract Task BeginAsync(IReadOnlyList<DocumentSlice> slices, CancellationToken cancel);

    /// <summary>Adds a row to one of the slices, by its place in the list; the values are those of the plan's columns, see <see cref="DocumentType"/>.</summary>
    public abstract ValueTask AddAsync(int slice, object?[] row, CancellationToken cancel);

    /// <summary>
    /// Counts at the server what arrived, shows the new slices in place of those they replace, at once, and removes the old. Returns what
    /// stands then.
    /// </summary>
    public abstract Task<IReadOnlyList<DocumentSlice>> PublishAsync(CancellationToken cancel);

    public abstract ValueTask DisposeAsync();
}
