namespace Tributary.Core.Ingest;

/// <summary>What all rows of a batch share: its gapless number and the instant at which it was loaded.</summary>
internal readonly record struct BatchStamp(long Load, DateTimeOffset LoadedAt);
