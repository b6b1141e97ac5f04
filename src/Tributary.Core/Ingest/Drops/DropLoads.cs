using Tributary.Core.Ingest.Datasets;
using Tributary.Core.Text;

namespace Tributary.Core.Ingest.Drops;

/// <summary>
/// Brings one stream up to date with the drops that lie there: each that is taken is one transaction. A drop that needs a human's word
/// is written down as held and fails the load, after everything that could be taken was.
/// </summary>
internal sealed class DropLoads(LoadScope scope, DropSource source)
{
    private readonly SourceStream stream = scope.Stream;
    private readonly Dataset dataset = source.DatasetOf(scope.Stream);
    private readonly DropStates states = new(scope.Connection, scope.Context);
    private readonly Checkpoints checkpoints = new(scope.Connection, scope.Context, scope.Stream.Key);
    private readonly string contract = DropContract.Of(source, scope.Stream);

    // One instant for all streams of a run, so that they see the same drops as complete.
    private DateTimeOffset Now => scope.Context.AsOf;

    public async Task<string?> LookAsync(CancellationToken cancel)
    {
        var steps = await PlanAsync(cancel);
        if (await IsContractNewAsync(cancel)) return "its declaration changed";
        return steps.Count == 0 ? null : steps[0].Verdict switch
        {
            DropVerdict.Hold => $"the drop {steps[0].Drop.Name} is held",
            DropVerdict.Wait => $"the drop {steps[0].Drop.Name} is not complete: {steps[0].Because}",
            _ => $"the drop {steps[0].Drop.Name} is new or changed",
        };
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        await ForgetWhatIsGoneAsync(cancel);
        var steps = await PlanAsync(cancel);
        if (steps.Count == 0 && await IsContractNewAsync(cancel)) steps = await NewestAgainAsync(cancel);
        foreach (var name in (await ListAsync(cancel)).Strangers) scope.Tally.Remark($"the folder {name} is no drop by its name");
        var isSparse = dataset.Disposition == Disposition.Replace && !stream.History;
        var held = isSparse ? await TakeNewestAsync(steps, cancel) : await TakeAllAsync(steps, cancel);
        if (held is not null) throw HeldError(held);
    }

    // All drops in their order. Behind a held or unfinished delta nothing is taken; snapshots do not depend on one another.
    private async Task<DropStep?> TakeAllAsync(IReadOnlyList<DropStep> steps, CancellationToken cancel)
    {
        var held = (DropStep?)null;
        foreach (var step in steps)
        {
            var done = await DoAsync(step, cancel);
            if (done.Verdict == DropVerdict.Take) held = null; // a newer snapshot is in its place
            if (done.Verdict == DropVerdict.Hold) held = done;
            if (dataset.Disposition == Disposition.Merge && done.Verdict is DropVerdict.Hold or DropVerdict.Wait) break;
        }
        return held is null || !await IsOutdatedAsync(held, cancel) ? held : null;
    }

    // A newer snapshot stands: nothing waits for the held one any more.
    private async Task<bool> IsOutdatedAsync(DropStep held, CancellationToken cancel)
    {
        var position = DropPosition.Parse((await checkpoints.ReadAsync(cancel)).Position);
        if (dataset.Disposition == Disposition.Merge || position is null || position.At <= held.Drop.At) return false;
        scope.Tally.Remark($"the drop {held.Drop.Name} is still held: {held.Because}");
        return true;
    }

    // Only the newest snapshot that can be taken counts; older ones are passed.
    private async Task<DropStep?> TakeNewestAsync(IReadOnlyList<DropStep> steps, CancellationToken cancel)
    {
        var held = (DropStep?)null;
        var position = DropPosition.Parse((await checkpoints.ReadAsync(cancel)).Position);
        foreach (var step in steps.Reverse())
        {
            if (step.Verdict == DropVerdict.Take && position is not null && step.Drop.At < position.At)
            {
                await WriteAsync(step, DropState.Passed, $"the newer snapshot {position.Drop} stands", cancel);
                continue;
            }
            if (step.Verdict == DropVerdict.Hold && position is not null && step.Drop.At < position.At) continue;
            var done = await DoAsync(step, cancel);
            if (done.Verdict == DropVerdict.Hold) held ??= done;
            position = DropPosition.Parse((await checkpoints.ReadAsync(cancel)).Position);
        }
        return held;
    }

    private async Task<DropStep> DoAsync(DropStep step, CancellationToken cancel)
    {
        switch (step.Verdict)
        {
            case DropVerdict.Wait:
                scope.Tally.Remark($"the drop {step.Drop.Name} is not complete: {step.Because}");
                return step;
            case DropVerdict.Pass:
                await WriteAsync(step, DropState.Passed, step.Because, cancel);
                scope.Tally.Remark($"the drop {step.Drop.Name}: {step.Because}; the table stays");
                return step;
            case DropVerdict.Hold:
                await HoldAsync(step, cancel);
                return step;
            default:
                return await TakeAsync(step, cancel);
        }
    }

    private async Task<DropStep> TakeAsync(DropStep step, CancellationToken cancel)
    {
        try
        {
            NoteStrangers(step.Drop);
            await new DropLoad(scope, source, contract).RunAsync(step, cancel);
            return step;
        }
        catch (HeldException held)
        {
            var hold = step with { Verdict = DropVerdict.Hold, Because = held.Message, CanAccept = held.CanBeAccepted };
            await HoldAsync(hold, cancel);
            return hold;
        }
    }

    // Told once a drop, by the first stream.
    private void NoteStrangers(Drop drop)
    {
        if (source.ListStreams()[0].Name != stream.Name) return;
        foreach (var file in DropPlan.Strangers(source, drop)) scope.Tally.Remark($"the file {file.Path} belongs to no dataset");
    }

    private Task HoldAsync(DropStep step, CancellationToken cancel) =>
        WriteAsync(step with { Signature = DropPlan.HeldSignature(step.Signature, contract) }, DropState.Held, step.Because, cancel);

    private Task WriteAsync(DropStep step, string state, string? because, CancellationToken cancel) =>
        states.WriteAsync(new DropState(stream.Key, step.Drop.Name, step.Drop.At, state, because, step.Signature, step.CanAccept, default), null, null, cancel);

    private Task<DropListing> ListAsync(CancellationToken cancel) => DropListings.OfAsync(scope.Context, source, cancel);

    private async Task<IReadOnlyList<DropStep>> PlanAsync(CancellationToken cancel)
    {
        var drops = (await ListAsync(cancel)).Drops;
        var known = await states.ReadAsync(stream.Key, cancel);
        return new DropPlan(source, stream, known, contract, Now).Of(drops);
    }

    private async Task<bool> IsContractNewAsync(CancellationToken cancel) =>
        dataset.Disposition == Disposition.Replace
        && DropPosition.Parse((await checkpoints.ReadAsync(cancel)).Position) is { } position && position.Contract != contract;

    // The declaration of a snapshot changed: the one that stands is read again, when it is still there.
    private async Task<IReadOnlyList<DropStep>> NewestAgainAsync(CancellationToken cancel)
    {
        var standing = DropPosition.Parse((await checkpoints.ReadAsync(cancel)).Position)!.Drop; // asked above
        var drops = (await ListAsync(cancel)).Drops;
        var again = new DropPlan(source, stream, [], contract, Now).Of([.. drops.Where(drop => drop.Name == standing)]);
        if (again.Count == 0) scope.Tally.Remark($"its declaration changed, and the drop {standing} is gone: the next one will be read by it");
        return again;
    }

    // A table that was dropped takes the memory of what went into it along.
    private async Task ForgetWhatIsGoneAsync(CancellationToken cancel)
    {
        if (await RawTable.FindAsync(scope.Connection, stream.Raw, cancel) is not null) return;
        if ((await checkpoints.ReadAsync(cancel)).Position == Checkpoint.AtRest) return;
        await using var transaction = await scope.Connection.BeginTransactionAsync(cancel);
        await checkpoints.LockAsync(cancel);
        await checkpoints.ForgetAsync(cancel);
        await states.ForgetAsync(stream.Key, cancel);
        await transaction.CommitAsync(cancel);
    }

    private UserErrorException HeldError(DropStep held)
    {
        var skip = $"`tributary drops skip {stream.Key} {held.Drop.Name}` leaves it out for good.";
        var accept = $"`tributary drops accept {stream.Key} {held.Drop.Name}` takes it as it is; ";
        return new UserErrorException(
            ErrorCodes.DropHeld, source.At, $"The drop {held.Drop.Name} is held for {stream.Key}: {held.Because}. {stream.Raw} stays as it is.",
            held.CanAccept ? $"Correct the drop; or {accept}{skip}" : $"Correct the drop or the source's file; or {skip}");
    }
}
