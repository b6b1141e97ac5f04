using Tributary.Core.Postgres;

namespace Tributary.Core.Runs;

/// <summary>A warehouse that can be reached, and what its check had to say; null: it was not checked yet.</summary>
public sealed record OpenedWarehouse(Database Database, IReadOnlyList<string>? Warnings);
