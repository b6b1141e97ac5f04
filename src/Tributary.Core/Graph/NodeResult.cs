using System.Globalization;

namespace Tributary.Core.Graph;

/// <summary>How one node of a run ended, in dbt's words: a line of <c>run_results.json</c>, and one of <c>results</c> in hooks at the run's end.</summary>
public sealed record NodeResult(Node Node, Outcome Outcome, DateTimeOffset StartedAt, DateTimeOffset FinishedAt, NodeTrace Trace)
{
    /// <summary><c>success</c>, <c>error</c>, <c>skipped</c>, <c>partial success</c> when some batches failed; of tests <c>pass</c>, <c>fail</c>, <c>warn</c>, <c>error</c>, <c>skipped</c>.</summary>
    public string Status => Outcome switch
    {
        Outcome.Succeeded or Outcome.Skipped { Reason: SkipReason.Fresh } => IsTest ? "pass" : "success",
        Outcome.Warned => IsTest ? "warn" : "success",
        Outcome.Failed { Batches.Successful.Count: > 0 } => "partial success",
        Outcome.Failed { Counts: not null } => "fail",
        Outcome.Failed => "error",
        _ => "skipped",
    };

    /// <summary>The server's word, what went wrong, or why it did not run; of a test what it found, in dbt's words, which tools read; null when it passed.</summary>
    public string? Message => Outcome switch
    {
        Outcome.Failed { Counts: null } failed => failed.Error.ToString(),
        Outcome.Failed failed => Trace.Message ?? failed.Error.Message,
        Outcome.Warned warned => Trace.Message ?? warned.Warning.Message,
        Outcome.Skipped skipped => skipped.Because,
        _ => Trace.Message,
    };

    public double ExecutionSeconds => IsSkipped ? 0 : (FinishedAt - StartedAt).TotalSeconds;

    public long? Failures => IsTest ? Trace.Failures ?? (Outcome as Outcome.Warned)?.Counts.Rows ?? (Outcome as Outcome.Failed)?.Counts?.Rows : null;

    public string ThreadId => Trace.ThreadId;

    public IReadOnlyDictionary<string, object?> AdapterResponse => Trace.Response;

    public string? CompiledCode => Trace.CompiledCode;

    /// <summary>dbt's two stretches, <c>compile</c> and <c>execute</c>; none for what did not run.</summary>
    public IReadOnlyList<(string Name, DateTimeOffset StartedAt, DateTimeOffset CompletedAt)> Timing
    {
        get
        {
            if (IsSkipped) return [];
            var compiled = Trace.CompiledAt;
            return compiled is { } at ? [("compile", StartedAt, at), ("execute", at, FinishedAt)] : [("compile", StartedAt, FinishedAt)];
        }
    }

    /// <summary>An instant as dbt's artifacts write it: UTC with microseconds and <c>Z</c>.</summary>
    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);

    private bool IsTest => Node.Kind == NodeKind.Test;

    private bool IsSkipped => Outcome is Outcome.Skipped;
}
