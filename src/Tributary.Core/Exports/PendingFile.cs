namespace Tributary.Core.Exports;

/// <summary>A file that is being written at a destination and that no reader sees yet. Disposing it unpublished gives it up.</summary>
public abstract class PendingFile : IAsyncDisposable
{
    /// <summary>Takes the content from its first byte to its last; need not seek. An <see cref="IOException"/> means that the destination is full or gone.</summary>
    public abstract Stream Content { get; }

    /// <summary>
    /// Makes the whole file durable and shows it under its name, at once. False when the name is taken: nothing is overwritten, and
    /// the file is given up. Called once, after the last byte was written.
    /// </summary>
    public abstract Task<bool> PublishAsync(CancellationToken cancel);

    /// <summary>As <see cref="PublishAsync"/>, but in place of an older file of the name: readers see the old one or the new one, never none and never a mix.</summary>
    public abstract Task ReplaceAsync(CancellationToken cancel);

    public abstract ValueTask DisposeAsync();
}
