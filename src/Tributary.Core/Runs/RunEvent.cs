using Tributary.Core.Graph;

namespace Tributary.Core.Runs;

/// <summary>What a run tells whoever watches it: the terminal, a pipe, the console's pages.</summary>
public abstract record RunEvent
{
    public sealed record Started(string RunId, Plan Plan, DateTimeOffset AsOf) : RunEvent;

    public sealed record NodeStarted(Node Node, int Attempt) : RunEvent;

    public sealed record NodeEnded(Node Node, Outcome Outcome, TimeSpan Elapsed) : RunEvent;

    public sealed record Retrying(Node Node, string Because, TimeSpan Wait) : RunEvent;

    /// <summary>The stream is up to date, and every change is heard from now on.</summary>
    public sealed record Following(Node Node) : RunEvent;

    public sealed record Ended(RunReport Report) : RunEvent;
}
