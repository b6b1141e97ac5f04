using Tributary.Core.Graph;

namespace Tributary.Cli.Output;

/// <summary>One finished step as a line of text: mark, kind, name, what it did, how long it took.</summary>
internal static class StepLine
{
    public static string Mark(Outcome outcome) => outcome switch
    {
        Outcome.Succeeded => "ok",
        Outcome.Warned => "warn",
        Outcome.Failed => "FAIL",
        Outcome.Skipped { Reason: SkipReason.Fresh } => "fresh",
        _ => "skip",
    };

    /// <summary>Tests speak dbt's words, with the number of rows that they found.</summary>
    private static string Mark(Node node, Outcome outcome) => (node.Kind, outcome) switch
    {
        (NodeKind.Test, Outcome.Succeeded) => "PASS",
        (NodeKind.Test, Outcome.Warned warned) => $"WARN {warned.Counts.Rows}",
        (NodeKind.Test, Outcome.Failed { Counts: { } counts }) => $"FAIL {counts.Rows}",
        (NodeKind.Test, Outcome.Failed) => "ERROR",
        _ => Mark(outcome),
    };

    public static string Color(Outcome outcome) => outcome switch
    {
        Outcome.Succeeded => "green",
        Outcome.Warned => "yellow",
        Outcome.Failed => "red",
        _ => "grey",
    };

    public static string Text(Node node, Outcome outcome, TimeSpan elapsed) =>
        $"{Mark(node, outcome),-5} {node.Kind.ToString().ToLowerInvariant(),-8} {node.Name,-44} {Work(node, outcome)}{Time(outcome, elapsed)}".TrimEnd();

    /// <summary>Further lines below the first: an error's text, indented.</summary>
    public static string? Detail(Outcome outcome)
    {
        var text = outcome switch
        {
            Outcome.Failed failed => failed.Error.ToString(),
            Outcome.Warned warned => warned.Warning.ToString(),
            _ => null,
        };
        return text is null ? null : "      " + text.Replace("\n", "\n      ", StringComparison.Ordinal);
    }

    private static string Work(Node node, Outcome outcome) => outcome switch
    {
        Outcome.Succeeded done => Counted(node, done.Counts) + (done.Note is null ? "" : $"  {done.Note}"),
        Outcome.Warned warned when node.Kind != NodeKind.Test => Quantity.Count(warned.Counts.Rows, "row"),
        Outcome.Skipped skipped => skipped.Because,
        _ => "",
    };

    private static string Counted(Node node, Counts counts)
    {
        if (node.Kind == NodeKind.Test) return "";
        var parts = new List<string>();
        if (counts.Rows > 0 || node.Kind is NodeKind.Load or NodeKind.Export) parts.Add(Quantity.Count(counts.Rows, "row"));
        if (counts.Rejected > 0) parts.Add(Quantity.Count(counts.Rejected, "reject"));
        if (counts.Unchanged > 0) parts.Add($"{Quantity.Count(counts.Unchanged, "row")} unchanged");
        if (counts.Bytes > 0) parts.Add(Quantity.Bytes(counts.Bytes));
        return string.Join(", ", parts);
    }

    private static string Time(Outcome outcome, TimeSpan elapsed) =>
        outcome is Outcome.Skipped ? "" : $"  {Quantity.Duration(elapsed)}";
}
