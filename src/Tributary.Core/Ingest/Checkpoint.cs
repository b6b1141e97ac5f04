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
    public StoredKeys Stored { get; init; } = StoredKeys.None;
}
