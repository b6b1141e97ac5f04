namespace Tributary.Core.Ingest;

/// <summary>
/// The keys of a stream's raw table, for a source that must ask its system which of them it still has. Sees what was committed when it
/// is asked; batches that were read but not written yet are not among it.
/// </summary>
public abstract class StoredKeys
{
    /// <summary>A table that holds nothing.</summary>
    public static StoredKeys None { get; } = new NoKeys();

    /// <summary>The first keys behind <paramref name="after"/> (<c>""</c>: from the start) that are not deleted, in the table's own order.</summary>
    public abstract Task<IReadOnlyList<RecordKey>> ListAsync(string after, int most, CancellationToken cancel);

    /// <summary>Those of the ids that the table holds, deleted ones too.</summary>
    public abstract Task<IReadOnlyDictionary<string, RecordKey>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancel);

    private sealed class NoKeys : StoredKeys
    {
        public override Task<IReadOnlyList<RecordKey>> ListAsync(string after, int most, CancellationToken cancel) =>
            Task.FromResult<IReadOnlyList<RecordKey>>([]);

        public override Task<IReadOnlyDictionary<string, RecordKey>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancel) =>
            Task.FromResult<IReadOnlyDictionary<string, RecordKey>>(new Dictionary<string, RecordKey>());
    }
}
