using Tributary.Core.Graph;

namespace Tributary.Core.Ingest;

/// <summary>
/// What a batch did. A batch that changes no row and brings no reject is not <paramref name="Changed"/>: nothing downstream is due.
/// </summary>
internal readonly record struct Applied(Counts Counts, IReadOnlyList<Reject> Rejects, bool Changed);
