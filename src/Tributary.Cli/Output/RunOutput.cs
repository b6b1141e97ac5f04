using System.Globalization;
using System.Text;
using Spectre.Console;
using Tributary.Core.Graph;
using Tributary.Core.Runs;

namespace Tributary.Cli.Output;

/// <summary>
/// What a run looks like on stderr: one line a finished step, and on a terminal a status line below that is redrawn a few
/// times a second. Piped, the same lines without colour, each with the time; lines of one moment are written together, because
/// each write wakes whoever reads them.
/// </summary>
internal sealed class RunOutput : IProgress<RunEvent>, IProgress<NodeProgress>, IDisposable
{
    private readonly IAnsiConsole console;
    private readonly TimeProvider clock;
    private readonly bool isTerminal;
    private readonly StatusLine status;
    private readonly ITimer redraw;
    private readonly StringBuilder waiting = new();
    private readonly Lock gate = new();
    private int fresh;
    private int interrupted;

    public RunOutput(IAnsiConsole console, TimeProvider clock)
    {
        this.console = console;
        this.clock = clock;
        isTerminal = console.Profile.Capabilities.Interactive && console.Profile.Capabilities.Ansi;
        status = new StatusLine(clock);
        var pause = TimeSpan.FromMilliseconds(isTerminal ? 200 : 100);
        redraw = clock.CreateTimer(_ => Redraw(), null, pause, pause);
    }

    /// <summary>Only what failed is worth a line.</summary>
    public bool IsQuiet { get; init; }

    public void Report(RunEvent value)
    {
        if (IsQuiet && value is not RunEvent.NodeEnded { Outcome: Outcome.Failed }) return;
        lock (gate)
        {
            status.Apply(value);
            switch (value)
            {
                case RunEvent.Started started:
                    Line($"run {started.RunId}  {Quantity.Count(started.Plan.Steps.Count, "step")}  as of {started.AsOf.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}", "grey");
                    break;
                // That a delivered file still stands is worth a line; that a model is as it was is not.
                case RunEvent.NodeEnded { Node.Kind: not NodeKind.Export, Outcome: Outcome.Skipped { Reason: SkipReason.Fresh } }:
                    fresh++;
                    break;
                case RunEvent.NodeEnded { Outcome: Outcome.Skipped { Reason: SkipReason.Interrupted } }:
                    interrupted++;
                    break;
                case RunEvent.NodeEnded ended:
                    Line(StepLine.Text(ended.Node, ended.Outcome, ended.Elapsed), StepLine.Color(ended.Outcome));
                    if (StepLine.Detail(ended.Outcome) is { } detail) Line(detail, StepLine.Color(ended.Outcome));
                    break;
                case RunEvent.Retrying retrying:
                    Line($"again in {Quantity.Duration(retrying.Wait)}: {retrying.Node.Name}: {retrying.Because}", "yellow");
                    break;
                case RunEvent.Following following:
                    Line($"following {following.Node.Name}", "grey");
                    break;
                case RunEvent.Ended:
                    Clear();
                    if (interrupted > 0) Line($"interrupted: {Quantity.Count(interrupted, "step")} did not run; what was committed before stands, nothing is half done", "yellow");
                    if (fresh > 0) Line($"fresh {Quantity.Count(fresh, "step")} skipped: nothing changed since their last success", "grey");
                    Flush();
                    (fresh, interrupted) = (0, 0); // the next run of a process that stays
                    break;
            }
        }
    }

    public void Report(NodeProgress value)
    {
        if (!isTerminal) return;
        lock (gate) status.Apply(value);
    }

    public void Dispose()
    {
        redraw.Dispose();
        lock (gate)
        {
            Clear();
            Flush();
        }
    }

    private void Line(string text, string color)
    {
        Clear();
        if (isTerminal) console.Write(new Text(text + "\n", Style.Parse(color)));
        else waiting.Append(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():HH:mm:ss}  {text}").AppendLine();
    }

    private void Redraw()
    {
        lock (gate)
        {
            Flush();
            if (!isTerminal) return;
            if (status.Text(console.Profile.Width - 1) is not { } text) return;
            console.Profile.Out.Writer.Write($"\r\u001b[2K{text}");
            console.Profile.Out.Writer.Flush();
        }
    }

    private void Flush()
    {
        if (waiting.Length == 0) return;
        console.Profile.Out.Writer.Write(waiting.ToString());
        console.Profile.Out.Writer.Flush();
        waiting.Clear();
    }

    private void Clear()
    {
        if (isTerminal) console.Profile.Out.Writer.Write("\r\u001b[2K");
    }
}
