namespace Tributary.Core.Graph;

/// <summary>
/// What a node tells of itself while it works, beside its outcome: for <c>run_results.json</c> and the hooks at the run's end.
/// Written by the node, read when it has ended.
/// </summary>
public sealed class NodeTrace
{
    /// <summary>The worker that ran it, in dbt's words: <c>Thread-1 (worker)</c>.</summary>
    public string ThreadId { get; set; } = "main";

    /// <summary>When its SQL was compiled and the work in the warehouse began; null when it never came so far.</summary>
    public DateTimeOffset? CompiledAt { get; set; }

    /// <summary>Null when nothing was compiled.</summary>
    public string? CompiledCode { get; set; }

    /// <summary>The statements of its templates as they were sent; null when none was.</summary>
    public string? SentCode { get; private set; }

    /// <summary>Notes the statements that its templates sent.</summary>
    public void Sent(IReadOnlyList<string> statements) => SentCode = statements.Count == 0 ? null : string.Join(";\n\n", statements);

    /// <summary>What the server said of the main statement: <c>SELECT 100</c>.</summary>
    public string? Message { get; set; }

    /// <summary>dbt's <c>adapter_response</c>: <c>_message</c>, <c>code</c>, <c>rows_affected</c>.</summary>
    public IReadOnlyDictionary<string, object?> Response { get; set; } = new Dictionary<string, object?>();

    /// <summary>Rows that a test found; null for other nodes, and when it could not ask.</summary>
    public long? Failures { get; set; }
}
