using System.Buffers.Binary;
using Npgsql;
using NpgsqlTypes;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Ingest;

/// <summary>
/// The table where a stream lands. Users read id, document and time; the columns with an underscore are the engine's:
/// what orders versions, which batch wrote the row, and the document's hash, so that an unchanged document is never parsed again.
/// A table that several streams share has a column that tells them apart; each sees only the rows of its own <paramref name="label"/>.
/// </summary>
internal sealed class RawTable(Relation relation, RawColumns columns, string label)
{
    public Relation Relation => relation;

    public RawColumns Columns => columns;

    /// <summary>What no two loads may write at once: the table, or this stream's rows of it.</summary>
    public string LockName => columns.Source is null ? $"{relation}" : $"{relation} ({label})";

    public static RawTable Of(SourceStream stream) => new(stream.Raw, stream.Source.Load.Raw.Columns, stream.Label);

    /// <summary>All columns that a load writes, in the order of <see cref="WriteColumns"/>; last, where there is one, the source.</summary>
    public string[] ColumnNames =>
    [
        columns.Id, columns.Document, columns.LoadedAt, "_version", "_last_updated", "_load", "_deleted", "_hash",
        .. columns.Source is { } source ? [source] : Array.Empty<string>(),
    ];

    /// <summary>The columns that identify a row.</summary>
    public string[] KeyColumns => columns.Source is { } source ? [columns.Id, source] : [columns.Id];

    /// <summary>
    /// An embedded statement with this table's names in place of <c>{table}</c>, <c>{id}</c>, <c>{document}</c>, <c>{loaded_at}</c>.
    /// <c>{and_own}</c> keeps to the rows of this stream; its value goes with <see cref="Own"/>, behind the statement's own.
    /// </summary>
    public string Fill(string path) => Sql.Read(path)
        .Replace("{table}", relation.Sql, StringComparison.Ordinal)
        .Replace("{schema}", Identifier.Quote(relation.Schema), StringComparison.Ordinal)
        .Replace("{id}", Identifier.Quote(columns.Id), StringComparison.Ordinal)
        .Replace("{document}", Identifier.Quote(columns.Document), StringComparison.Ordinal)
        .Replace("{loaded_at}", Identifier.Quote(columns.LoadedAt), StringComparison.Ordinal)
        .Replace("{source_column}", columns.Source is { } source ? $",\n    {Identifier.Quote(source)} text not null" : "", StringComparison.Ordinal);

    /// <summary>A statement about this stream's rows, with the values of <c>$1</c>, <c>$2</c> …; <c>{and_own}</c> as in <see cref="Fill"/>.</summary>
    public NpgsqlCommand Own(NpgsqlConnection connection, string sql, params ReadOnlySpan<(NpgsqlDbType Type, object? Value)> values)
    {
        var own = columns.Source is { } source ? $" and r.{Identifier.Quote(source)} = ${values.Length + 1}" : "";
        var command = Statement.Of(connection, sql.Replace("{and_own}", own, StringComparison.Ordinal));
        foreach (var (type, value) in values) command.With(type, value);
        return columns.Source is null ? command : command.With(NpgsqlDbType.Text, label);
    }

    /// <summary>The table's oid; null when it is not there.</summary>
    public Task<uint?> FindAsync(NpgsqlConnection connection, CancellationToken cancel) => FindAsync(connection, relation, cancel);

    /// <summary>The oid of any table; null when it is not there.</summary>
    public static async Task<uint?> FindAsync(NpgsqlConnection connection, Relation table, CancellationToken cancel) =>
        (uint?)await Statement.Of(connection, "select to_regclass($1)::oid").With(NpgsqlDbType.Text, table.Sql).ScalarAsync(cancel);

    public async Task CreateAsync(NpgsqlConnection connection, bool keyed, CancellationToken cancel)
    {
        var schema = Identifier.Quote(relation.Schema);
        var found = await Statement.Of(connection, "select to_regnamespace($1)::text").With(NpgsqlDbType.Text, schema).ScalarAsync(cancel);
        if (found is null) await Statement.RunAsync(connection, $"create schema if not exists {schema}", cancel);
        await Statement.RunAsync(connection, await CompressedAsync(connection, Fill("Ingest/create_raw_table.sql"), cancel), cancel);
        if (keyed) await AddKeyAsync(connection, cancel);
    }

    /// <summary>
    /// A statement with <c>{compression}</c> filled in: lz4 where the server has it. PostgreSQL compresses documents of 2 KB and more, and
    /// its older method takes half of the time of their COPY.
    /// </summary>
    public static async Task<string> CompressedAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        const string ask = "select 'lz4' = any (enumvals) from pg_settings where name = 'default_toast_compression'";
        var hasLz4 = await Statement.Of(connection, ask).ScalarAsync(cancel);
        return sql.Replace("{compression}", hasLz4 is true ? "compression lz4" : "", StringComparison.Ordinal);
    }

    public Task AddKeyAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        Statement.RunAsync(connection, $"alter table {relation.Sql} add primary key ({string.Join(", ", KeyColumns.Select(Identifier.Quote))})", cancel);

    public async Task<bool> IsEmptyAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        !(bool)(await Own(connection, $"select exists (select from {relation.Sql} r where true{{and_own}})").ScalarAsync(cancel))!; // exists is never NULL

    /// <summary>
    /// Tells the planner about rows that just came, when they are many; the builds that follow at once would plan for an empty
    /// table. The document is left out, and the sample is a tenth of the usual: keys need no more, and the whole one takes a tenth of a load.
    /// </summary>
    public async Task AnalyzeAsync(NpgsqlConnection connection, long changed, CancellationToken cancel)
    {
        var known = (float)(await Statement.Of(connection, "select reltuples from pg_class where oid = to_regclass($1)")
            .With(NpgsqlDbType.Text, relation.Sql).ScalarAsync(cancel) ?? -1f);
        if (changed == 0 || changed < known / 10) return;
        var small = $"{Identifier.Quote(columns.Id)}, {Identifier.Quote(columns.LoadedAt)}, _load, _deleted";
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await Statement.RunAsync(connection, $"set local default_statistics_target = 10; analyze {relation.Sql} ({small})", cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Binary COPY of the records, in their order.</summary>
    public async Task CopyAsync(
        NpgsqlConnection connection, ArraySegment<Record> records, BatchStamp stamp, CancellationToken cancel)
    {
        await using var copy = await BinaryCopy.BeginAsync(connection, relation, ColumnNames, cancel);
        foreach (var record in records)
        {
            copy.StartRow();
            WriteColumns(copy, record, stamp);
            if (columns.Source is not null) copy.Text(label);
            if (copy.IsFull) await copy.FlushAsync(cancel);
        }
        await copy.CompleteAsync(cancel);
    }

    /// <summary>The documents alone, into a table of one column <c>document</c>.</summary>
    public static async Task CopyDocumentsAsync(
        NpgsqlConnection connection, Relation table, ArraySegment<Record> records, CancellationToken cancel)
    {
        await using var copy = await BinaryCopy.BeginAsync(connection, table, ["document"], cancel);
        foreach (var record in records)
        {
            copy.StartRow();
            copy.Jsonb(record.Bytes.Span);
            if (copy.IsFull) await copy.FlushAsync(cancel);
        }
        await copy.CompleteAsync(cancel);
    }

    /// <summary>What is stored under these keys, without the documents.</summary>
    public async Task<Dictionary<string, StoredRow>> ReadAsync(NpgsqlConnection connection, string[] ids, CancellationToken cancel)
    {
        var stored = new Dictionary<string, StoredRow>(ids.Length);
        await using var command = Own(connection, Fill("Ingest/read_stored_rows.sql"), (NpgsqlDbType.Array | NpgsqlDbType.Text, ids));
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            var key = KeyOf(rows);
            stored[key.Id] = new StoredRow(key, rows.IsDBNull(4) ? null : BinaryPrimitives.ReadUInt128BigEndian(rows.GetFieldValue<byte[]>(4)));
        }
        return stored;
    }

    /// <summary>See <see cref="StoredKeys.ListAsync"/>.</summary>
    public async Task<IReadOnlyList<RecordKey>> ListKeysAsync(NpgsqlConnection connection, string after, int most, CancellationToken cancel)
    {
        var keys = new List<RecordKey>(most);
        await using var command = Own(connection, Fill("Ingest/list_stored_keys.sql"), (NpgsqlDbType.Text, after), (NpgsqlDbType.Integer, most));
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel)) keys.Add(KeyOf(rows));
        return keys;
    }

    private static RecordKey KeyOf(NpgsqlDataReader rows) => new(
        rows.GetString(0), rows.IsDBNull(1) ? null : rows.GetString(1),
        rows.IsDBNull(2) ? null : rows.GetDateTime(2), rows.GetBoolean(3));

    public Task DeleteAsync(NpgsqlConnection connection, string[] ids, CancellationToken cancel) =>
        Own(connection, $"delete from {relation.Sql} r where r.{Identifier.Quote(columns.Id)} = any($1){{and_own}}",
            (NpgsqlDbType.Array | NpgsqlDbType.Text, ids)).RunAsync(cancel);

    /// <summary>Flags stored rows as deleted and leaves their documents.</summary>
    public async Task MarkDeletedAsync(NpgsqlConnection connection, IReadOnlyList<Record> deletions, BatchStamp stamp, CancellationToken cancel)
    {
        if (deletions.Count == 0) return;
        await Own(connection, Fill("Ingest/mark_deleted.sql"),
            (NpgsqlDbType.Array | NpgsqlDbType.Text, deletions.Select(record => record.Key.Id).ToArray()),
            (NpgsqlDbType.Array | NpgsqlDbType.Text, deletions.Select(record => record.Key.Version).ToArray()),
            (NpgsqlDbType.Array | NpgsqlDbType.TimestampTz, deletions.Select(record => record.Key.LastUpdated).ToArray()),
            (NpgsqlDbType.Array | NpgsqlDbType.Bytea, deletions.Select(record => HashOf(record)).ToArray()),
            (NpgsqlDbType.Bigint, stamp.Load), (NpgsqlDbType.TimestampTz, stamp.LoadedAt.UtcDateTime)).RunAsync(cancel);
    }

    private static byte[] HashOf(in Record record)
    {
        var hash = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(hash, record.Hash);
        return hash;
    }

    /// <summary>The values of the columns that the raw table and its history share, in the order of the raw table's.</summary>
    public static void WriteColumns(BinaryCopy copy, in Record record, in BatchStamp stamp)
    {
        Span<byte> hash = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(hash, record.Hash);
        copy.Text(record.Key.Id);
        copy.Jsonb(record.Bytes.Span);
        copy.Timestamp(stamp.LoadedAt);
        copy.Text(record.Key.Version);
        copy.Timestamp(record.Key.LastUpdated is { } at ? new DateTimeOffset(at) : null);
        copy.Bigint(stamp.Load);
        copy.Boolean(record.Key.IsDeletion);
        copy.Bytes(hash);
    }
}
