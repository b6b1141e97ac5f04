namespace Tributary.Core.Ingest.Erasing;

/// <summary>What an erasure took: by dataset, and rejects. The values stay in memory, for the search that proves it.</summary>
public sealed record Erased(IReadOnlyList<ErasedStream> Streams, long Rejects, IReadOnlyDictionary<string, IReadOnlyList<string>> Values)
{
    /// <summary>Without the values.</summary>
    public override string ToString() => $"{Streams.Sum(stream => stream.Rows)} rows, {Streams.Sum(stream => stream.Versions)} versions, {Rejects} rejects";
}
