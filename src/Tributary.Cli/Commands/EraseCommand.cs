using System.CommandLine;
using Tributary.Cli.Output;
using Tributary.Core.Graph;
using Tributary.Core.Ingest;
using Tributary.Core.Ingest.Drops;
using Tributary.Core.Ingest.Erasing;
using Tributary.Core.Projects;
using Tributary.Core.Runs;
using Tributary.Core.Runs.Erasing;
using Tributary.Core.Text;

namespace Tributary.Cli.Commands;

/// <summary><c>erase SOURCE VALUE</c>: takes one subject out of everything that was loaded, keeps later loads from bringing them back, and proves it.</summary>
internal static class EraseCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("SOURCE") { Description = "The source whose `subject` the value names, such as karo." };
        var value = new Argument<string>("VALUE") { Description = "What names the subject, as it stands in the column; - reads it from stdin, so that no shell remembers it." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would go, and change nothing." };
        var reason = new Option<string?>("--reason") { Description = "Why, for the audit; no personal data.", HelpName = "TEXT" };
        var asOf = new Option<string?>("--as-of") { Description = "The instant that the rebuilt models speak of; default: now.", HelpName = "TIME" };
        var command = new Command("erase", "Take one subject's records out of tables, history, rejects and what is made from them, for good.") { name, value, dryRun, reason, asOf };
        return command.WithAction(async (invocation, cancel) =>
        {
            using var output = new RunOutput(invocation.Errors, invocation.Clock);
            var project = await RunVerb.LoadAsync(invocation, vars: null, cancel);
            var source = Find(project, invocation.Get(name) ?? "");
            var options = new RunOptions { AsOf = RunArguments.Instant("--as-of", invocation.Get(asOf)), FullRefresh = true }; // incremental models hold what they were given
            await using var session = await RunSession.OpenAsync(project, options, new RunWatch(invocation.Clock, invocation.Log, output, output), cancel);
            var request = new ErasureRequest(source.Name, await ReadAsync(invocation.Get(value) ?? "", cancel), Environment.UserName, invocation.Get(reason));
            return await RunAsync(invocation, session, source, request, invocation.Get(dryRun), cancel);
        });
    }

    private static async Task<int> RunAsync(Invocation invocation, RunSession session, DropSource source, ErasureRequest request, bool isDryRun, CancellationToken cancel)
    {
        var erasure = new SubjectErasure(session.Context, source);
        var erased = await erasure.RunAsync(request, isDryRun, (connection, found) => Audit.WriteAsync(connection, session.Context, Entry(request, found), cancel), cancel);
        Print(invocation, erased, isDryRun);
        if (isDryRun) return 0;
        var built = await session.RunAsync(PlanOf(session, erasure.Streams), new RunRequest("erase", new Dictionary<string, string> { ["source"] = source.Name }, RunVerb.ProgramVersion), threads: null, cancel);
        if (built.Interrupted) return built.ExitStatus;
        ReportText.Print(invocation, built);
        var proof = await ErasureProof.SearchAsync(session.Context, erasure.Columns, erasure.Read(request.Value), cancel);
        await using var connection = await session.Context.Database.OpenAsync(cancel);
        await Audit.AppendAsync(connection, session.Context, Entry(request, proof), cancel);
        Print(invocation, proof);
        return proof.Left.Count > 0 ? 1 : built.ExitStatus;
    }

    private static DropSource Find(Project project, string name)
    {
        var sources = project.Streams.Select(stream => stream.Source).DistinctBy(source => source.Name).ToList();
        var found = sources.Find(source => source.Name == name)
            ?? throw new UserErrorException(ErrorCodes.UnknownName, null, $"There is no source '{Excerpt.Of(name)}'.", Nearest.Hint(name, [.. sources.Select(source => source.Name)]));
        if (found is DropSource drops && found.ListStreams().Any(stream => drops.SubjectOf(stream) is not null)) return drops;
        throw new UserErrorException(
            ErrorCodes.SubjectUnknown, found.At, $"The source {name} does not say whose its records are.",
            found is DropSource ? "Add `subject: COLUMN` to its file: the column that names a person in its datasets." : "Only sources of kind csv_drops can be erased from.");
    }

    private static async Task<string> ReadAsync(string value, CancellationToken cancel) => value == "-" ? await Console.In.ReadLineAsync(cancel) ?? "" : value;

    // What was never built holds nobody.
    private static Plan PlanOf(RunSession session, IReadOnlyList<SourceStream> streams)
    {
        var graph = session.Project.Graph;
        var keys = streams.Select(stream => stream.Key).ToHashSet(StringComparer.Ordinal);
        var below = graph.Nodes.OfType<IngestNode>().Where(load => keys.Contains(load.Stream.Key)).SelectMany(load => graph.Descendants(load.Id));
        return Plan.Of(graph, below.Where(id => graph[id].Kind == NodeKind.Model && session.Context.Successes.Find(id) is not null).ToHashSet(StringComparer.Ordinal), waitForTests: false);
    }

    private static void Print(Invocation invocation, Erased erased, bool isDryRun)
    {
        var rows = erased.Streams.Where(stream => stream.Rows + stream.Versions > 0).Select(stream => new object?[] { stream.Stream, stream.Rows, stream.Versions });
        new QueryTable(["dataset", "rows", "versions_of_history"], [.. rows]).Print(invocation);
        invocation.WriteLine($"{(isDryRun ? "Would go" : "Gone")}: {erased}.{(isDryRun ? " Nothing was changed." : " No later load brings them back.")}");
    }

    private static void Print(Invocation invocation, ErasureProof proof)
    {
        foreach (var (relation, rows) in proof.Left) invocation.Complain($"{relation} still holds the subject ({Quantity.Count(rows, "row")}): build it again, or drop it when nobody needs it.");
        invocation.WriteLine($"Searched {Quantity.Count(proof.Searched, "column")} of the warehouse: {(proof.Left.Count == 0 ? "none holds the subject" : $"{proof.Left.Count} still hold the subject")}."
            + (proof.Deliveries > 0 ? $" {Quantity.Count(proof.Deliveries, "delivered file")} of before lie at destinations, out of reach (`tributary deliveries`)." : ""));
    }

    private static AuditEntry Entry(ErasureRequest request, Erased erased) => new(request.Who, "subject.erased", new Dictionary<string, string>
    {
        ["source"] = request.Source,
        ["reason"] = request.Reason ?? "",
        ["datasets"] = string.Join(", ", erased.Streams.Where(stream => stream.Rows + stream.Versions > 0).Select(stream => $"{stream.Stream} {stream.Rows} rows {stream.Versions} versions")),
        ["rejects"] = $"{erased.Rejects}",
    });

    private static AuditEntry Entry(ErasureRequest request, ErasureProof proof) => new(request.Who, "subject.searched", new Dictionary<string, string>
    {
        ["source"] = request.Source,
        ["columns"] = $"{proof.Searched}",
        ["left"] = string.Join(", ", proof.Left.Select(left => $"{left.Relation} {left.Rows} rows")),
        ["deliveries_of_before"] = $"{proof.Deliveries}",
    });
}
