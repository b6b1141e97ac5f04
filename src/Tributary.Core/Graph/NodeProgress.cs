namespace Tributary.Core.Graph;

/// <summary>How far a node is: totals since it started. <paramref name="Note"/> says what it works on (a file's name).</summary>
public readonly record struct NodeProgress(string NodeId, long Rows, long Bytes, string? Note = null);
