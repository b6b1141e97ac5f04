using System.Text.Json;
using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Artifacts;

/// <summary>
/// What <c>retry</c> does again: the verb of an earlier invocation with its arguments, and the nodes that failed or were
/// skipped. <paramref name="Vars"/> is YAML.
/// </summary>
public sealed record PreviousRun(string Verb, string? Vars, bool FullRefresh, IReadOnlySet<string> Unfinished)
{
    /// <summary>Batches that failed, of microbatch models that others of succeeded, by node id.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<EventBatch>> BatchesAgain { get; init; } = new Dictionary<string, IReadOnlyList<EventBatch>>();

    private static readonly string[] Again = ["error", "fail", "skipped", "runtime error", "partial success"];

    /// <summary>Reads the folder's <c>run_results.json</c>, ours or dbt's; before it the journal of a run that died.</summary>
    public static PreviousRun Read(string folder)
    {
        if (RunJournal.Read(folder) is { } died)
        {
            using var arguments = died.Arguments;
            return Of(arguments.RootElement, died.Left);
        }
        using var document = new EarlierArtifacts(folder).Read(RunResultsFile.Name);
        if (document is null)
            throw new UserErrorException(ErrorCodes.StateUnreadable, new SourcePosition(Path.Combine(folder, RunResultsFile.Name)), "there is no earlier run to go on with", "Run something first, or name its artifacts: --state path/to/artifacts.");
        return Of(document.RootElement.At("args") ?? default, Ids(document.RootElement)) with { BatchesAgain = Batches(document.RootElement) };
    }

    private static PreviousRun Of(JsonElement arguments, IReadOnlySet<string> left)
    {
        var vars = arguments.At("vars");
        return new PreviousRun(
            arguments.Text("which") ?? arguments.Text("rpc_method") ?? "run",
            vars is { ValueKind: JsonValueKind.String } text ? text.GetString() : vars?.GetRawText(),
            arguments.IsTrue("full_refresh"),
            left);
    }

    private static Dictionary<string, IReadOnlyList<EventBatch>> Batches(JsonElement root)
    {
        var batches = new Dictionary<string, IReadOnlyList<EventBatch>>(StringComparer.Ordinal);
        if (root.At("results") is not { ValueKind: JsonValueKind.Array } results) return batches;
        foreach (var result in results.EnumerateArray())
        {
            if (result.Text("status") == "partial success" && result.Text("unique_id") is { } id && result.At("batch_results")?.At("failed") is { ValueKind: JsonValueKind.Array } failed)
                batches[id] = [.. failed.EnumerateArray().Select(pair => new EventBatch(pair[0].GetDateTimeOffset(), pair[1].GetDateTimeOffset(), ""))];
        }
        return batches;
    }

    private static HashSet<string> Ids(JsonElement root)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        if (root.At("results") is not { ValueKind: JsonValueKind.Array } results) return ids;
        foreach (var result in results.EnumerateArray())
        {
            if (result.Text("unique_id") is { } id && result.Text("status") is { } status && Again.Contains(status)) ids.Add(id);
        }
        return ids;
    }
}
