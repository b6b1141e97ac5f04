using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Models.Running;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Periods;

/// <summary>
/// One build of a model in periods: each is computed, compared with what was published, and published by itself. One that fails leaves
/// the others; one that was made of the same input already is left alone, so that a long backfill goes on where it stopped.
/// </summary>
internal sealed class PeriodBuild(ModelWorkshop workshop, ParsedNode node, RunContext run, CancellationToken cancel)
{
    private UserError? firstError;
    private int published, restated, unchanged, failed;
    private long rows;

    /// <summary>What a period is made of, before it is computed; of null, the last one that has ended, which stands for the node.</summary>
    public required Func<Period?, Task<PeriodInput>> InputOf { get; init; }

    public async Task<Outcome> RunAsync()
    {
        var config = PeriodConfig.Of(node.Config, workshop.Project.Settings.Zone)!; // discovery refuses a wrong one
        var known = (await ReadAsync()).ToDictionary(period => period.FirstDay);
        var stands = known.Count > 0 && await StandsAsync();
        var wasFresh = run.Successes.Find(node.Id)?.Fingerprint == (await InputOf(null)).Fingerprint;
        var periods = PeriodPlan.Of(config, [.. known.Values], run, stands);
        var isGone = !stands;
        foreach (var period in periods)
        {
            if (await TryAsync(new PeriodTarget(period, known.GetValueOrDefault(period.FirstDay), stands, isGone))) stands = true;
            run.Progress.Report(new NodeProgress(node.Id, rows, 0, period.Label));
        }
        // A backfill says nothing of the periods that it was not about.
        if (firstError is null && stands && (run.Backfill is null || wasFresh)) await RecordAsync();
        return await EndAsync(periods.Count);
    }

    /// <summary>True when the table stands after it.</summary>
    private async Task<bool> TryAsync(PeriodTarget target)
    {
        try
        {
            var input = await InputOf(target.Period);
            target.Fingerprint = input.Fingerprint;
            if (!target.IsGone && input.IsKnown && target.Known?.Fingerprint == input.Fingerprint && !IsAskedAgain)
            {
                unchanged++;
                return true;
            }
            // Until all stand, the node's own record says that it is on its way: killed between two periods, the next run goes on.
            await new RelationBuild(workshop, node, run with { Period = target.Period }, cancel) { Fingerprint = _ => $"period {target.Period.Label}", Target = target }.RunAsync();
            Count(target);
            return true;
        }
        catch (UserErrorException error)
        {
            firstError ??= error.Errors[0] with { Message = $"period {target.Period.Label}: {error.Errors[0].Message}" };
            failed++;
            return target.Stands;
        }
    }

    private bool IsAskedAgain => run.Backfill?.Again ?? (run.All && run.Backfill is null);

    private void Count(PeriodTarget target)
    {
        rows += target.Rows;
        if (!target.IsNew) unchanged++;
        else if (target.Known is null) published++;
        else restated++;
    }

    private async Task RecordAsync()
    {
        await using var connection = await run.Database.OpenAsync(cancel);
        var success = new Success(node.Id, (await InputOf(null)).Fingerprint, null, run.Successes.Find(node.Id)?.Reads) { Relation = node.Relation, IsSame = true };
        run.Successes.Committed(await success.WriteAsync(connection, run, cancel));
    }

    private async Task<Outcome> EndAsync(int all)
    {
        if (firstError is { } error)
        {
            await Success.MarkStaleAsync(run, node.Id, CancellationToken.None);
            return new Outcome.Failed(error with { Message = $"{failed} of {all} periods failed, the first: {error.Message}" });
        }
        return new Outcome.Succeeded(new Counts(Rows: rows), all == 0 ? "no period has ended yet" : $"{published} new, {restated} restated, {unchanged} unchanged");
    }

    private async Task<IReadOnlyList<PublishedPeriod>> ReadAsync()
    {
        await using var connection = await run.Database.OpenAsync(cancel);
        return await PublishedPeriod.ReadAsync(connection, run.Key, node.Id, cancel);
    }

    private async Task<bool> StandsAsync()
    {
        await using var connection = await run.Database.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(Sql.Read("Models/Context/Relations/find_relation.sql"), connection);
        command.Parameters.Add(new() { Value = node.Schema });
        command.Parameters.Add(new() { Value = node.Alias });
        return await command.ExecuteScalarAsync(cancel) is "table";
    }
}

/// <summary>What a period is made of; not known: it reads something that changes without being told, so that the same fingerprint proves nothing.</summary>
internal sealed record PeriodInput(string Fingerprint, bool IsKnown);
