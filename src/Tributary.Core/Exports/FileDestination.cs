using Tributary.Core.Text;

namespace Tributary.Core.Exports;

/// <summary>A destination that takes whole files: each appears under its name at once, or not at all.</summary>
public abstract record FileDestination(SourcePosition At, string Name, IReadOnlyList<Track> Tracks, bool Production) : Destination(At, Name, Tracks, Production)
{
    /// <summary>Removes what interrupted exports left and nobody writes any more. Called before each write.</summary>
    public abstract Task CleanAsync(CancellationToken cancel);

    /// <summary>Starts a file that readers do not see before it is published under this name.</summary>
    public abstract Task<PendingFile> BeginAsync(string name, CancellationToken cancel);

    /// <summary>The published file of that name; null when there is none.</summary>
    public abstract Task<StoredFile?> FindAsync(string name, CancellationToken cancel);

    /// <summary>Every published file, in ordinal order of names.</summary>
    public abstract IAsyncEnumerable<StoredFile> ListAsync(CancellationToken cancel);

    /// <summary>The content of a published file; the stream can seek. Throws <see cref="FileNotFoundException"/> when it is gone.</summary>
    public abstract Task<Stream> OpenReadAsync(string name, CancellationToken cancel);

    /// <summary>
    /// Writes a small file, such as the pointer to the newest export, in place of an older one: readers see the old content or the new,
    /// never none and never a mix.
    /// </summary>
    public abstract Task ReplaceAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancel);

    /// <summary>Removes a file; not being there is fine.</summary>
    public abstract Task RemoveAsync(string name, CancellationToken cancel);

    /// <summary>
    /// For <c>check --live</c>: what else is wrong with this place, now that a probe lies there: that everybody may read it, that nothing
    /// is encrypted. Changes nothing.
    /// </summary>
    public virtual Task<IReadOnlyList<UserError>> InspectAsync(string probe, CancellationToken cancel) => Task.FromResult<IReadOnlyList<UserError>>([]);

    /// <summary>
    /// For <c>check --live</c>: what this destination's own credential may do at another one, which is for other tracks: <c>list</c>,
    /// <c>read</c>, <c>write</c>, <c>delete</c>. Nothing of it should be allowed. What it leaves it removes with the other's credential.
    /// </summary>
    public virtual Task<IReadOnlyList<string>> ReachAsync(FileDestination other, string probe, CancellationToken cancel) => Task.FromResult<IReadOnlyList<string>>([]);
}
