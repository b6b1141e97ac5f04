namespace Tributary.Core.Ingest;

/// <summary>
/// What a record says about itself: its key, the version that orders it (<see cref="Precedence"/>) and whether it is a
/// deletion. <paramref name="LastUpdated"/> is UTC in whole microseconds, as timestamptz holds it.
/// </summary>
public readonly record struct RecordKey(string Id, string? Version, DateTime? LastUpdated, bool IsDeletion = false);
