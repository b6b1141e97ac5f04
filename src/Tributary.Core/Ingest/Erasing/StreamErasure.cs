using Npgsql;
using NpgsqlTypes;
using Tributary.Core.Graph;
using Tributary.Core.Ingest.Drops;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Ingest.Erasing;

/// <summary>Takes the records of a subject out of one dataset's table and history, in the caller's transaction and under the stream's lock.</summary>
internal sealed class StreamErasure(NpgsqlConnection connection, RunContext context, SourceStream stream, string column)
{
    /// <summary>Texts shorter than this are too many people's.</summary>
    private const int ShortestTell = 6;

    private readonly Relation[] tables = [stream.Raw, new(stream.Raw.Schema, Identifier.Shorten(stream.Raw.Name, "_history"))];

    private string IsTheirs => $"btrim({Identifier.Quote(column)}::text) = any($1)";

    /// <summary>The values of another column in the subject's records: the keys by which other datasets refer to them.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(string other, IReadOnlyCollection<string> values, CancellationToken cancel)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            if (!await HasColumnAsync(table, column, cancel) || !await HasColumnAsync(table, other, cancel)) continue;
            await ReadAsync($"select distinct btrim({Identifier.Quote(other)}::text) from {table.Sql} where {IsTheirs} and {Identifier.Quote(other)} is not null", values, found, cancel);
        }
        return [.. found];
    }

    /// <summary>Texts that stand in the subject's records and in nobody else's: a name, a number, an address. They tell a damaged record's owner.</summary>
    public async Task<IReadOnlyList<string>> ReadTellsAsync(IReadOnlyCollection<string> values, IEnumerable<string> texts, CancellationToken cancel)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in texts.Where(text => text != column))
        {
            foreach (var table in tables)
            {
                if (!await HasColumnAsync(table, column, cancel) || !await HasColumnAsync(table, text, cancel)) continue;
                var name = Identifier.Quote(text);
                await ReadAsync(
                    $"""
                    select distinct {name} from {table.Sql} s where {IsTheirs} and length({name}) >= {ShortestTell}
                    and not exists (select from {table.Sql} o where o.{name} = s.{name} and not (btrim(o.{Identifier.Quote(column)}::text) = any($1)))
                    """, values, found, cancel);
            }
        }
        return [.. found];
    }

    /// <summary>What is made from the dataset learns of it as of any other load.</summary>
    public async Task<ErasedStream> RunAsync(IReadOnlyCollection<string> values, CancellationToken cancel)
    {
        var gone = new List<long>();
        foreach (var table in tables)
        {
            gone.Add(await HasColumnAsync(table, column, cancel)
                ? await Statement.Of(connection, $"delete from {table.Sql} where {IsTheirs}").With(NpgsqlDbType.Array | NpgsqlDbType.Text, values.ToArray()).RunAsync(cancel)
                : 0);
        }
        if (gone.Sum() > 0) await WriteLoadAsync(gone[0], cancel);
        return new ErasedStream(stream.Key, gone[0], gone[1]);
    }

    private async Task WriteLoadAsync(long rows, CancellationToken cancel)
    {
        var checkpoints = new Checkpoints(connection, context, stream.Key);
        var stamp = await checkpoints.LockAsync(cancel);
        var standing = DropPosition.Parse((await checkpoints.ReadAsync(cancel)).Position);
        var next = standing is null ? Checkpoint.AtRest : (standing with { Rows = Math.Max(0, standing.Rows - rows) }).ToJson();
        await new LoadLedger(connection, context, stream.Key).WriteLoadAsync(stamp, new Counts(Deleted: rows), next, cancel);
        context.Successes.Loaded(stream.Key, stamp.Load);
    }

    private async Task ReadAsync(string sql, IReadOnlyCollection<string> values, HashSet<string> found, CancellationToken cancel)
    {
        await using var command = Statement.Of(connection, sql).With(NpgsqlDbType.Array | NpgsqlDbType.Text, values.ToArray());
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel)) found.Add(rows.GetString(0));
    }

    private async Task<bool> HasColumnAsync(Relation table, string name, CancellationToken cancel) =>
        (bool)(await Statement.Of(connection, "select exists (select from pg_attribute where attrelid = to_regclass($1) and attname = $2 and not attisdropped)")
            .With(NpgsqlDbType.Text, table.Sql).With(NpgsqlDbType.Text, name).ScalarAsync(cancel))!; // exists is never NULL
}
