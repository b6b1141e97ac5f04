using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Ingest.Drops;

/// <summary>What a human says about drops that are held.</summary>
public sealed class DropDecisions(RunContext context)
{
    /// <summary>What became of the drops, oldest first; null: of all streams.</summary>
    public async Task<IReadOnlyList<DropState>> ListAsync(string? stream, CancellationToken cancel)
    {
        await using var connection = await context.Database.OpenAsync(cancel);
        return await new DropStates(connection, context).ReadAsync(stream, cancel);
    }

    /// <summary>The next sync takes the held drop as it is. Throws TRB0412 when it is not held, or holds what nobody can accept.</summary>
    public Task AcceptAsync(SourceStream stream, string drop, string who, CancellationToken cancel) => DecideAsync(stream, drop, DropState.Accepted, who, cancel);

    /// <summary>The drop is left out for good, and a chain of deltas goes on over it.</summary>
    public Task SkipAsync(SourceStream stream, string drop, string who, CancellationToken cancel) => DecideAsync(stream, drop, DropState.Skipped, who, cancel);

    private async Task DecideAsync(SourceStream stream, string drop, string decision, string who, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(stream);
        await using var connection = await context.Database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var states = new DropStates(connection, context);
        var known = await states.ReadAsync(stream.Key, cancel);
        var state = known.FirstOrDefault(state => state.Drop == drop);
        if (state is not { State: DropState.Held or DropState.Accepted or DropState.Skipped }) throw Unknown(stream, drop, state, known);
        if (decision == DropState.Accepted && !state.CanAccept)
        {
            throw new UserErrorException(
                ErrorCodes.DropUnknown, null, $"The drop {drop} cannot be accepted for {stream.Key}: {state.Because}.",
                $"Correct the drop or the source's file, or leave it out: `tributary drops skip {stream.Key} {drop}`.");
        }
        var signature = state.Signature.Split(':')[0];
        await states.WriteAsync(state with { State = decision, Signature = signature, Because = state.Because }, null, who, cancel);
        await transaction.CommitAsync(cancel);
    }

    private static UserErrorException Unknown(SourceStream stream, string drop, DropState? state, IReadOnlyList<DropState> known) => new(
        ErrorCodes.DropUnknown, null,
        state is null ? $"{stream.Key} has no drop '{Excerpt.Of(drop)}' that waits for a decision." : $"The drop {drop} is {state.State} for {stream.Key} and waits for no decision.",
        Nearest.Hint(drop, [.. known.Where(one => one.State == DropState.Held).Select(one => one.Drop)]));
}
