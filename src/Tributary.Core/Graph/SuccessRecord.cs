namespace Tributary.Core.Graph;

/// <summary>
/// What a node's last success left in <c>tributary.success</c>: the fingerprint of everything that went in, and the
/// relation that came out. <paramref name="SuccessId"/> changes with every success and is what downstream fingerprints hold.
/// <paramref name="IsOurs"/> is read from the catalogue when the run starts: the relation's oid and relfilenode are still those
/// that we wrote, and the functions that it calls still have the same bodies.
/// </summary>
public sealed record SuccessRecord(
    string NodeId,
    long SuccessId,
    string Fingerprint,
    uint? RelationOid,
    uint? RelationFile,
    bool IsStale,
    bool IsOurs,
    string? Reads)
{
    /// <summary>Of a node that reads changes: how far it has seen them.</summary>
    public ChangeCursor? Cursor { get; init; }
}
