using Npgsql;
using NpgsqlTypes;
using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Ingest.Drops;

/// <summary>Reads and writes <c>tributary.drop_state</c>.</summary>
internal sealed class DropStates(NpgsqlConnection connection, RunContext context)
{
    /// <summary>All states of a stream (null: of every one), oldest drop first.</summary>
    public async Task<IReadOnlyList<DropState>> ReadAsync(string? stream, CancellationToken cancel)
    {
        var states = new List<DropState>();
        await using var command = Statement.Of(connection, Sql.Read("Ingest/Drops/read_states.sql"))
            .With(NpgsqlDbType.Text, context.Key.Project).With(NpgsqlDbType.Text, context.Key.Target).With(NpgsqlDbType.Text, stream);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            states.Add(new DropState(
                rows.GetString(0), rows.GetString(1), rows.GetFieldValue<DateTimeOffset>(2), rows.GetString(3),
                await rows.IsDBNullAsync(4, cancel) ? null : rows.GetString(4), rows.GetString(5), rows.GetBoolean(6), rows.GetFieldValue<DateTimeOffset>(7)));
        }
        return states;
    }

    /// <summary>In the caller's transaction.</summary>
    public Task WriteAsync(DropState state, long? load, string? who, CancellationToken cancel) =>
        Statement.Of(connection, Sql.Read("Ingest/Drops/write_state.sql"), context.Key, state.Stream)
            .With(NpgsqlDbType.Text, state.Drop).With(NpgsqlDbType.TimestampTz, state.At.UtcDateTime).With(NpgsqlDbType.Text, state.State)
            .With(NpgsqlDbType.Text, state.Because).With(NpgsqlDbType.Text, state.Signature).With(NpgsqlDbType.Boolean, state.CanAccept)
            .With(NpgsqlDbType.Bigint, load).With(NpgsqlDbType.Text, context.RunId).With(NpgsqlDbType.Text, who)
            .With(NpgsqlDbType.TimestampTz, context.Clock.GetUtcNow().UtcDateTime).RunAsync(cancel);

    /// <summary>Every drop is news again, but for those that a human wants left alone.</summary>
    public Task ForgetAsync(string stream, CancellationToken cancel) =>
        Statement.Of(connection, "delete from tributary.drop_state where project = $1 and target = $2 and stream = $3 and state <> 'skipped'", context.Key, stream).RunAsync(cancel);
}
