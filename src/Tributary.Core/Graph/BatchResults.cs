namespace Tributary.Core.Graph;

/// <summary>The batches of a microbatch model that are committed, and those that are not: what <c>retry</c> does again.</summary>
public sealed record BatchResults(IReadOnlyList<EventBatch> Successful, IReadOnlyList<EventBatch> Failed);
