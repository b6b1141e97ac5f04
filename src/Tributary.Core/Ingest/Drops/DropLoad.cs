using Npgsql;
using Tributary.Core.Graph;
using Tributary.Core.Ingest.Datasets;
using Tributary.Core.Postgres;
using Tributary.Core.Postgres.Swaps;
using Tributary.Core.Text;

namespace Tributary.Core.Ingest.Drops;

/// <summary>
/// Takes one drop for one stream, in one transaction: its files go into a table beside, which becomes the table (snapshot) or is merged
/// into it (delta); history, rejects, files, checkpoint and the drop's state are committed with it.
/// </summary>
internal sealed class DropLoad(LoadScope scope, DropSource source, string contract)
{
    private static readonly Relation Delta = new("pg_temp", "tributary_delta");

    private readonly NpgsqlConnection connection = scope.Connection;
    private readonly SourceStream stream = scope.Stream;
    private readonly Dataset dataset = source.DatasetOf(scope.Stream);
    private readonly Checkpoints checkpoints = new(scope.Connection, scope.Context, scope.Stream.Key);
    private readonly LoadLedger ledger = new(scope.Connection, scope.Context, scope.Stream.Key);
    private readonly DropStates states = new(scope.Connection, scope.Context);

    private Relation Beside => stream.Raw with { Name = Identifier.Shorten(stream.Raw.Name, "__tmp") };

    /// <summary>Throws <see cref="HeldException"/> when the drop needs a human; nothing is changed then.</summary>
    public async Task RunAsync(DropStep step, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var batch = await checkpoints.LockAsync(cancel);
        var position = DropPosition.Parse((await checkpoints.ReadAsync(cancel)).Position);
        var stands = await RawTable.FindAsync(connection, stream.Raw, cancel) is not null;
        var isNewest = position is null || step.Drop.At >= position.At;
        if (dataset.Disposition == Disposition.Replace && isNewest && !step.IsAccepted && await IsSameAsync(step, position, cancel))
        {
            await CloseAsync(step, batch.Load - 1, DropState.Taken, $"the files are those of {position!.Drop}", cancel); // as they are the same
            await checkpoints.WriteAsync(batch.Load - 1, (position with { Drop = step.Drop.Name, At = step.Drop.At }).ToJson(), batch.LoadedAt, cancel);
            await transaction.CommitAsync(cancel);
            scope.Tally.Remark($"{step.Drop.Name}: unchanged since {position.Drop}");
            return;
        }
        var done = await ApplyAsync(step, batch, position, stands, isNewest, cancel);
        await CloseAsync(step, done.Load, DropState.Taken, null, cancel);
        await transaction.CommitAsync(cancel);
        scope.Context.Successes.Loaded(stream.Key, done.Load);
        scope.Tally.Add(done.Counts, step.Drop.Name);
        foreach (var note in done.Notes) scope.Tally.Remark($"{step.Drop.Name}: {note}");
    }

    private async Task<(long Load, Counts Counts, IReadOnlyList<string> Notes)> ApplyAsync(
        DropStep step, BatchStamp batch, DropPosition? position, bool stands, bool isNewest, CancellationToken cancel)
    {
        var stamp = new RowStamp(batch.Load, step.Drop.At, dataset.IsFamily, stream.History || dataset.Disposition == Disposition.Merge);
        var isDelta = dataset.Disposition == Disposition.Merge && stands;
        var isBeside = !isDelta && isNewest;
        if (dataset.Disposition == Disposition.Replace && isNewest) await ledger.SupersedeAllAsync(cancel);
        else await ledger.SupersedeAsync([.. step.Files.Select(file => file.Path)], cancel);

        var standing = stands ? await StandingColumnsAsync(cancel) : [];
        var filler = new DropFiller(scope, source, stamp, isBeside ? Beside : Delta, standing);
        var table = await filler.RunAsync(step, batch, cancel);
        var filled = table with { Relation = isBeside ? Beside : Delta };
        if (dataset.Disposition == Disposition.Replace) RefuseShrunk(step, position, filler.Rows);
        var doubles = isDelta ? await KeepOne.DeleteAsync(connection, filled, cancel) : await KeepOne.RunAsync(connection, filled, cancel);
        if (doubles.Count > 0) await filler.NoteDoublesAsync(step, doubles, cancel);

        var rows = filler.Rows - doubles.Count;
        var history = stream.History ? new DatasetHistory(connection, table, batch.LoadedAt) : null;
        var counts = isDelta ? await MergeAsync(table, filled, history, batch, (step, position), cancel)
            : await ReplaceAsync(filled, table, history, step, rows, (stands, isNewest, position), cancel);
        counts = counts with { Rejected = filler.Rejected, Bytes = filler.Bytes, Files = step.Files.Count };
        var isChanged = counts.Inserted + counts.Updated + counts.Deleted + counts.Rejected > 0 || (!isDelta && isNewest);
        var next = isNewest ? new DropPosition(step.Drop.Name, step.Drop.At, rows, contract, filler.Files, stream.History) : position!; // an older drop has a newer one
        if (isChanged) await ledger.WriteLoadAsync(batch, counts, next.ToJson(), cancel);
        else await checkpoints.WriteAsync(batch.Load - 1, next.ToJson(), batch.LoadedAt, cancel);
        await ledger.WriteFilesAsync(batch.Load, filler.Finished, cancel);
        return (isChanged ? batch.Load : batch.Load - 1, counts, filler.Notes);
    }

    private async Task<Counts> ReplaceAsync(
        DatasetTable filled, DatasetTable table, DatasetHistory? history, DropStep step, long rows, (bool Stands, bool IsNewest, DropPosition? Position) place, CancellationToken cancel)
    {
        var (stands, isNewest, position) = place;
        var changed = (Put: rows, Gone: 0L);
        if (history is not null)
        {
            var isHashed = stands && await IsHashedAsync(cancel);
            if (await history.CreateAsync(isHashed, cancel)) await history.AddFirstAsync(filled.Relation, cancel);
            else
            {
                // What was forgotten (a rewind) the history still knows: behind this drop others said what they said.
                var next = isNewest && position is not null ? null : Earlier(await NextTakenAsync(step.Drop.At, cancel), await history.NextChangeAsync(step.Drop.At, cancel));
                var tableIsLast = isHashed && isNewest && position is { History: not false };
                changed = await history.AddSnapshotAsync(filled.Relation, step.Drop.At, next, tableIsLast, cancel);
            }
        }
        if (isNewest) await Swap.RunAsync(connection, Beside, stream.Raw, cancel);
        return history is null ? new Counts(Rows: rows, Inserted: rows)
            : new Counts(Rows: rows, Inserted: changed.Put, Deleted: changed.Gone, Unchanged: rows - changed.Put);
    }

    private async Task<Counts> MergeAsync(
        DatasetTable table, DatasetTable filled, DatasetHistory? history, BatchStamp batch, (DropStep Step, DropPosition? Position) place, CancellationToken cancel)
    {
        foreach (var (name, type) in table.Columns)
            await Statement.RunAsync(connection, $"alter table {stream.Raw.Sql} add column if not exists {Identifier.Quote(name)} {type.Replace(" not null", "", StringComparison.Ordinal)}", cancel);
        if (history is not null)
        {
            await history.CreateAsync(tableStands: true, cancel);
            // History was off for a while: what the table learned meanwhile holds from its last drop on.
            if (place.Position is { History: false } before) await history.AddSnapshotAsync(stream.Raw, before.At, null, tableIsLast: false, cancel);
            await history.AddDeltaAsync(filled.Relation, place.Step.Drop.At, cancel);
        }
        var (inserted, updated, seen) = (0L, 0L, 0L);
        await using var command = Statement.Of(connection, table.Fill("Ingest/Datasets/apply_delta.sql", ("delta", Delta.Sql)));
        await using (var rows = await command.ExecuteReaderAsync(cancel))
        {
            while (await rows.ReadAsync(cancel))
            {
                seen++;
                if (rows.GetBoolean(0)) inserted++;
                else if (rows.GetInt64(1) == batch.Load) updated++;
            }
        }
        var all = await Statement.Of(connection, $"select count(*) from {Delta.Sql}").ScalarAsync(cancel) as long? ?? 0;
        return new Counts(Rows: all, Inserted: inserted, Updated: updated, Unchanged: all - inserted - updated);
    }

    private void RefuseShrunk(DropStep step, DropPosition? position, long rows)
    {
        if (step.IsAccepted || position is null || step.Drop.At < position.At || position.Rows == 0) return;
        if (rows >= position.Rows * (1 - dataset.MaxShrink) && rows > 0) return;
        throw new HeldException(FormattableString.Invariant(
            $"it has {rows} records where {position.Drop} had {position.Rows}, which is {100.0 * (position.Rows - rows) / position.Rows:0.#} % fewer, and max_shrink is {100 * dataset.MaxShrink:0.#} %"))
        { CanBeAccepted = true };
    }

    // Same sizes are worth a look at the content: an unchanged snapshot changes nothing downstream.
    private async Task<bool> IsSameAsync(DropStep step, DropPosition? position, CancellationToken cancel)
    {
        if (position is null || position.Contract != contract || position.Files.Count != step.Files.Count) return false;
        var known = position.Files.OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
        for (var i = 0; i < known.Count; i++)
        {
            if (known[i].Name != step.Files[i].Name || known[i].Bytes != step.Files[i].Bytes) return false;
        }
        for (var i = 0; i < known.Count; i++)
        {
            await using var content = await DropFileContent.OpenAsync(source, step.Files[i], cancel);
            if (Convert.ToHexStringLower((await content.FinishAsync(cancel)).Sha256) != known[i].Sha256) return false;
        }
        return true;
    }

    private Task CloseAsync(DropStep step, long load, string state, string? because, CancellationToken cancel) =>
        states.WriteAsync(new DropState(stream.Key, step.Drop.Name, step.Drop.At, state, because, step.Signature, true, default), load, null, cancel);

    private async Task<DateTimeOffset?> NextTakenAsync(DateTimeOffset at, CancellationToken cancel) =>
        (await states.ReadAsync(stream.Key, cancel)).Where(state => state.State == DropState.Taken && state.At > at).Select(state => (DateTimeOffset?)state.At).Min();

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || (other is not null && other < one) ? other : one;

    private async Task<List<string>> StandingColumnsAsync(CancellationToken cancel)
    {
        var names = new List<string>();
        await using var command = Statement.Of(connection, Sql.Read("Ingest/read_raw_columns.sql")).With(NpgsqlTypes.NpgsqlDbType.Text, stream.Raw.Sql);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel)) names.Add(rows.GetString(0));
        return [.. names.Where(name => !name.StartsWith('_'))];
    }

    private async Task<bool> IsHashedAsync(CancellationToken cancel) =>
        (bool)(await Statement.Of(connection, "select exists (select from pg_attribute where attrelid = to_regclass($1) and attname = '_hash' and not attisdropped)")
            .With(NpgsqlTypes.NpgsqlDbType.Text, stream.Raw.Sql).ScalarAsync(cancel))!; // exists is never NULL
}
