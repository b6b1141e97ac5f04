using Npgsql;
using NpgsqlTypes;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Ingest;

/// <summary>
/// The table <c>raw.progress</c>: each stream's sequence, in the transaction that writes its rows. One that another program made is kept as it is,
/// with or without <c>pending</c> and <c>updated_at</c>, and its sequence is where a table that is taken over goes on.
/// </summary>
internal sealed class ProgressTable(NpgsqlConnection connection, SourceStream stream, Relation table)
{
    private bool hasPending;
    private bool hasTime;

    public static ProgressTable? Of(NpgsqlConnection connection, SourceStream stream) =>
        stream.Source.Load.Raw.Progress is { } name ? new(connection, stream, stream.Raw with { Name = name }) : null;

    public async Task PrepareAsync(CancellationToken cancel)
    {
        await Statement.RunAsync(connection, Fill("Ingest/create_progress_table.sql"), cancel);
        var columns = new HashSet<string>(StringComparer.Ordinal);
        await using var command = Statement.Of(connection, Sql.Read("Ingest/read_raw_columns.sql")).With(NpgsqlDbType.Text, table.Sql);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel)) columns.Add(rows.GetString(0));
        (hasPending, hasTime) = (columns.Contains("pending"), columns.Contains("updated_at"));
        if (columns.Contains("seq") && columns.Contains("source")) return;
        throw new UserErrorException(
            ErrorCodes.RawTableUnfit, stream.Source.At, $"The stream {stream.Key} shows its progress in {table}, which is there already and has no columns seq and source.",
            "Name another table under `raw.progress`.");
    }

    /// <summary>The sequence that stands there for the stream; null when there is none.</summary>
    public async Task<string?> FindAsync(CancellationToken cancel) =>
        await Statement.Of(connection, $"select seq::text from {table.Sql} where source = $1").With(NpgsqlDbType.Text, stream.Label).ScalarAsync(cancel) as string;

    public async Task WriteAsync(string position, DateTimeOffset at, CancellationToken cancel)
    {
        if (stream.Source.ProgressOf(position) is not { } progress) return;
        var command = Statement.Of(connection, Fill("Ingest/write_progress.sql"))
            .With(NpgsqlDbType.Text, stream.Label).With(NpgsqlDbType.Text, progress.Sequence);
        if (hasPending) command.With(NpgsqlDbType.Bigint, progress.Pending);
        if (hasTime) command.With(NpgsqlDbType.TimestampTz, at.UtcDateTime);
        await command.RunAsync(cancel);
    }

    private string Fill(string path)
    {
        string[] more = [.. hasPending ? ["pending"] : Array.Empty<string>(), .. hasTime ? ["updated_at"] : Array.Empty<string>()];
        return Sql.Read(path).Replace("{progress}", table.Sql, StringComparison.Ordinal)
            .Replace("{set_more}", string.Concat(more.Select((name, i) => $", {name} = ${i + 3}")), StringComparison.Ordinal)
            .Replace("{columns}", string.Concat(more.Select(name => $", {name}")), StringComparison.Ordinal)
            .Replace("{values}", string.Concat(more.Select((_, i) => $", ${i + 3}")), StringComparison.Ordinal);
    }
}
