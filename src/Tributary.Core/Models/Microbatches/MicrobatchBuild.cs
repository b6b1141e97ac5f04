using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Models.Compiling;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Models.Running;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Microbatches;

/// <summary>
/// One build of a microbatch model: one query a batch, each committed by itself. A batch that fails leaves the others; only when
/// there is no table yet for them to join are they left out.
/// </summary>
internal sealed class MicrobatchBuild(ModelWorkshop workshop, ParsedNode node, RunContext run, CancellationToken cancel)
{
    private readonly List<EventBatch> successful = [];
    private readonly List<EventBatch> failed = [];
    private UserError? firstError;

    /// <summary>How the node's fingerprint is made once all batches stand.</summary>
    public required Func<CompiledNode, string> Fingerprint { get; init; }

    public async Task<Outcome> RunAsync()
    {
        var again = run.BatchesAgain.GetValueOrDefault(node.Id);
        var stands = await IsIncrementalAsync(isAgain: again is not null);
        var batches = again is null ? BatchPlan.Of(node.Config, run, stands) : [.. again.Select(batch => BatchPlan.Size(node.Config)!.Value.Batch(batch.Start, batch.End))]; // discovery refuses a model without a size
        var counts = Counts.None;
        for (var i = 0; i < batches.Count; i++)
        {
            var batch = batches[i] with { IsFirst = i == 0, IsLast = i == batches.Count - 1, IsIncremental = stands };
            if (firstError is not null && !stands) failed.Add(batch);
            else if (await TryAsync(batch) is { } rows)
            {
                counts += rows;
                stands = true;
            }
        }
        return await EndAsync(counts, batches.Count);
    }

    private async Task<Counts?> TryAsync(EventBatch batch)
    {
        var isWhole = batch.IsLast && failed.Count == 0;
        var build = new RelationBuild(workshop, node, run with { Batch = batch }, cancel) { Fingerprint = compiled => isWhole ? Fingerprint(compiled) : $"batch {batch.Id}" };
        try
        {
            var rows = await build.RunAsync();
            successful.Add(batch);
            return rows;
        }
        catch (UserErrorException error)
        {
            firstError ??= error.Errors[0];
            failed.Add(batch);
            return null;
        }
    }

    private async Task<Outcome> EndAsync(Counts counts, int all)
    {
        var results = new BatchResults(successful, failed);
        if (firstError is not { } error) return new Outcome.Succeeded(counts, $"incremental, {(all == 1 ? "1 batch" : $"{all} batches")}") { Batches = results };
        await Success.MarkStaleAsync(run, node.Id, CancellationToken.None);
        var message = $"{failed.Count} of {all} batches failed, the first from {failed[0].Start:yyyy-MM-dd HH:mm}: {error.Message}";
        return new Outcome.Failed(error with { Message = message }) { Batches = results };
    }

    /// <summary>Whether a table stands that the batches join, and is not to be built anew; what failed joins what an earlier run built.</summary>
    private async Task<bool> IsIncrementalAsync(bool isAgain)
    {
        if (!isAgain && (node.Config["full_refresh"] is null ? run.FullRefresh : node.Config.IsTrue("full_refresh", usual: false))) return false;
        await using var connection = await run.Database.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(Sql.Read("Models/Context/Relations/find_relation.sql"), connection);
        command.Parameters.Add(new() { Value = node.Schema });
        command.Parameters.Add(new() { Value = node.Alias });
        return await command.ExecuteScalarAsync(cancel) is "table";
    }
}
