using Npgsql;
using NpgsqlTypes;
using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Ingest.Drops;

/// <summary>
/// How far a stream of drops came: a stream that has not settled the newest drop that another one of its source took shows an older night than
/// that one, and nothing may be made from both.
/// </summary>
internal sealed record StreamReach(DateTimeOffset? Taken, DateTimeOffset? Settled, string? HeldDrop, string? Because)
{
    private static readonly StreamReach Nowhere = new(null, null, null, null);

    /// <summary>The keys of those <paramref name="streams"/> that are behind their source, each with the reason for the user.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> BehindAsync(RunContext context, IReadOnlyList<SourceStream> streams, CancellationToken cancel)
    {
        var drops = streams.Where(stream => stream.Source is DropSource).ToList();
        if (drops.Count == 0) return new Dictionary<string, string>();
        var reached = await ReadAsync(context, cancel);
        return drops.GroupBy(stream => stream.Source.Name).SelectMany(source => BehindOf([.. source], reached)).ToDictionary();
    }

    private static IEnumerable<KeyValuePair<string, string>> BehindOf(IReadOnlyList<SourceStream> streams, Dictionary<string, StreamReach> reached)
    {
        var newest = streams.Select(stream => reached.GetValueOrDefault(stream.Key, Nowhere).Taken).Max();
        foreach (var stream in streams)
        {
            if (reached.GetValueOrDefault(stream.Key, Nowhere).WhyBehind(newest, stream.Disposition) is { } why) yield return new(stream.Key, why);
        }
    }

    // A chain of deltas is not whole behind a drop that waits, wherever that stands in it.
    private string? WhyBehind(DateTimeOffset? newest, Disposition disposition)
    {
        var isBehind = newest is not null && (Settled is null || Settled < newest);
        if (HeldDrop is not null && (isBehind || disposition == Disposition.Merge)) return $"the drop {HeldDrop} is held: {Because}";
        if (!isBehind) return null;
        return Settled is { } settled
            ? $"it stands at the drop of {settled.UtcDateTime:yyyy-MM-dd HH:mm} UTC, and others of its source at that of {newest!.Value.UtcDateTime:yyyy-MM-dd HH:mm}" // there is one, or nothing is behind
            : "it was not loaded yet, and others of its source were";
    }

    private static async Task<Dictionary<string, StreamReach>> ReadAsync(RunContext context, CancellationToken cancel)
    {
        var reached = new Dictionary<string, StreamReach>(StringComparer.Ordinal);
        await using var connection = await context.Database.OpenAsync(cancel);
        await using var command = Statement.Of(connection, Sql.Read("Ingest/Drops/read_reached.sql"))
            .With(NpgsqlDbType.Text, context.Key.Project).With(NpgsqlDbType.Text, context.Key.Target);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            reached[rows.GetString(0)] = new StreamReach(
                await rows.GetFieldValueAsync<DateTimeOffset?>(1, cancel), await rows.GetFieldValueAsync<DateTimeOffset?>(2, cancel),
                await TextAsync(rows, 3, cancel), await TextAsync(rows, 4, cancel));
        }
        return reached;
    }

    private static async Task<string?> TextAsync(NpgsqlDataReader rows, int column, CancellationToken cancel) =>
        await rows.IsDBNullAsync(column, cancel) ? null : rows.GetString(column);
}
