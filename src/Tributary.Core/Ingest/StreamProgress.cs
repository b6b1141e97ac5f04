namespace Tributary.Core.Ingest;

/// <summary>How far a stream is by its source's own count; <paramref name="Pending"/> is null where the source does not tell what is left.</summary>
public sealed record StreamProgress(string Sequence, long? Pending);
