using Tributary.Core.Graph;
using Tributary.Core.Runs;

namespace Tributary.Cli.Output;

/// <summary>The one line that moves: steps done of all, rows, rows a second, elapsed, and what is running.</summary>
internal sealed class StatusLine(TimeProvider clock)
{
    private readonly Dictionary<string, string> running = [];
    private readonly Dictionary<string, long> rows = [];
    private long started;
    private int total;
    private int done;
    private bool active;

    public void Apply(RunEvent value)
    {
        switch (value)
        {
            case RunEvent.Started begin:
                (started, total, active) = (clock.GetTimestamp(), begin.Plan.Steps.Count, true);
                break;
            case RunEvent.NodeStarted begin:
                running[begin.Node.Id] = begin.Node.Name;
                break;
            case RunEvent.NodeEnded ended:
                done++;
                running.Remove(ended.Node.Id);
                rows[ended.Node.Id] = StepWords.CountsOf(ended.Outcome).Rows;
                break;
            case RunEvent.Ended:
                active = false;
                break;
        }
    }

    public void Apply(NodeProgress value) => rows[value.NodeId] = value.Rows;

    /// <summary>Null when there is nothing to show.</summary>
    public string? Text(int width)
    {
        if (!active) return null;
        var elapsed = clock.GetElapsedTime(started);
        var all = rows.Values.Sum();
        var text = $"{done}/{total} steps · {Quantity.Count(all, "row")} · {Quantity.Rate(all, elapsed)} · {Quantity.Duration(elapsed)} · {string.Join(", ", running.Values)}";
        return text.Length <= width ? text : text[..Math.Max(0, width)];
    }
}
