namespace Tributary.Core.Ingest;

/// <summary>
/// Where a stream stands: the number of its last committed batch, the source's own position (JSON; <c>{}</c> at rest),
/// and the files that it read to their end.
/// </summary>
public sealed record Checkpoint(long Load, string Position, IReadOnlyDictionary<string, LoadedFile> Files)
{
    /// <summary>Nothing was read yet.</summary>
    public static readonly Checkpoint Start = new(0, AtRest, new Dictionary<string, LoadedFile>());

    public const string AtRest = "{}";

    /// <summary>What the raw table holds; nothing during a load that replaces it.</summary>
    public StoredKeys Stored { get; init; } = static (_, _, _) => Task.FromResult<IReadOnlyList<RecordKey>>([]);
}

/// <summary>
/// The first keys of a raw table behind <paramref name="after"/> (<c>""</c>: from the start), without those that are deleted, in the table's
/// own order: for a source that must ask its system which of them it still has. Sees what was committed when it is asked.
/// </summary>
public delegate Task<IReadOnlyList<RecordKey>> StoredKeys(string after, int most, CancellationToken cancel);
