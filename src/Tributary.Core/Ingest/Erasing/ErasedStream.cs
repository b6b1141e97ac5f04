namespace Tributary.Core.Ingest.Erasing;

/// <summary>What went from one dataset: rows of its table, versions of its history.</summary>
public sealed record ErasedStream(string Stream, long Rows, long Versions);
