using Tributary.Core.Graph;
using Tributary.Core.Runs;

namespace Tributary.Cli.Output;

/// <summary>A run's result on stdout: one summary line for people, a document for <c>--json</c>.</summary>
internal static class ReportText
{
    public static void Print(Invocation invocation, RunReport report)
    {
        if (invocation.AsJson) invocation.WriteJson(Document(report));
        else invocation.Results.Profile.Out.Writer.WriteLine(Summary(report));
    }

    /// <summary><c>Done in 4.1 s: 12 loads (24,031 rows), 96 models, 3 exports; 14 fresh; 0 failed.</c></summary>
    internal static string Summary(RunReport report)
    {
        var done = report.Steps.Where(step => step.Outcome is Outcome.Succeeded or Outcome.Warned)
            .GroupBy(step => step.Node.Kind).OrderBy(group => group.Key)
            .Select(group => Kind(group.Key, [.. group]));
        var parts = string.Join(", ", done);
        var fresh = report.Steps.Count(step => step.Outcome is Outcome.Skipped { Reason: SkipReason.Fresh });
        var skipped = report.Steps.Count(step => step.Outcome is Outcome.Skipped) - fresh;
        var warned = report.Steps.Count(step => step.Outcome is Outcome.Warned);
        var word = report.Interrupted ? "Interrupted after" : report.Failed.Any() ? "Failed after" : "Done in";
        return $"{word} {Quantity.Duration(report.Elapsed)}: {(parts.Length > 0 ? parts : "nothing to do")}"
            + (fresh > 0 ? $"; {fresh} fresh" : "") + (skipped > 0 ? $"; {skipped} skipped" : "")
            + (warned > 0 ? $"; {Quantity.Count(warned, "warning")}" : "") + (report.Failed.Any() ? $"; {report.Failed.Count()} failed" : "") + ".";
    }

    private static string Kind(NodeKind kind, IReadOnlyList<StepReport> steps)
    {
        var counts = steps.Select(step => StepWords.CountsOf(step.Outcome)).Aggregate(Counts.None, (a, b) => a + b);
        var word = Quantity.Count(steps.Count, kind.ToString().ToLowerInvariant());
        return kind switch
        {
            NodeKind.Load => $"{word} ({Quantity.Count(counts.Rows, "row")}{(counts.Rejected > 0 ? $", {Quantity.Count(counts.Rejected, "reject")}" : "")})",
            NodeKind.Export => $"{word} ({Quantity.Count(counts.Rows, "row")}, {Quantity.Bytes(counts.Bytes)})",
            _ => word,
        };
    }

    private static object Document(RunReport report) => new
    {
        report.RunId,
        Status = report.Interrupted ? "interrupted" : report.Failed.Any() ? "failed" : "succeeded",
        ElapsedSeconds = report.Elapsed.TotalSeconds,
        Steps = report.Steps.Select(step => new
        {
            Node = step.Node.Id,
            step.Node.Kind,
            Outcome = StepWords.Word(step.Outcome),
            Because = StepWords.Because(step.Outcome),
            Counts = StepWords.CountsOf(step.Outcome),
            step.StartedAt,
            step.FinishedAt,
        }),
    };
}
