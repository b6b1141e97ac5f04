using System.Buffers.Binary;
using Npgsql;
using NpgsqlTypes;
using Tributary.Core.Postgres;
using Tributary.Core.Text;

namespace Tributary.Core.Ingest;

/// <summary>
/// The table where a stream lands. Users read id, document and time; the columns with an underscore are the engine's:
/// what orders versions, which batch wrote the row, and the document's hash, so that an unchanged document is never parsed again.
/// </summary>
internal sealed class RawTable(Relation relation, RawColumns columns)
{
    public Relation Relation => relation;

    public static RawTable Of(SourceStream stream) => new(stream.Raw, stream.Source.Load.Raw.Columns);

    /// <summary>All columns that a load writes, in the order of <see cref="WriteColumns"/>.</summary>
    public string[] ColumnNames =>
        [columns.Id, columns.Document, columns.LoadedAt, "_version", "_last_updated", "_load", "_deleted", "_hash"];

    /// <summary>
    /// An embedded statement with this table's names in place of <c>{table}</c>, <c>{id}</c>, <c>{document}</c>, <c>{loaded_at}</c>.
    /// </summary>
    public string Fill(string path) => Sql.Read(path)
        .Replace("{table}", relation.Sql, StringComparison.Ordinal)
        .Replace("{schema}", Identifier.Quote(relation.Schema), StringComparison.Ordinal)
        .Replace("{id}", Identifier.Quote(columns.Id), StringComparison.Ordinal)
        .Replace("{document}", Identifier.Quote(columns.Document), StringComparison.Ordinal)
        .Replace("{loaded_at}", Identifier.Quote(columns.LoadedAt), StringComparison.Ordinal);

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
        Statement.RunAsync(connection, $"alter table {relation.Sql} add primary key ({Identifier.Quote(columns.Id)})", cancel);

    public async Task<bool> IsEmptyAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        !(bool)(await Statement.Of(connection, $"select exists (select from {relation.Sql})").ScalarAsync(cancel))!; // exists is never NULL

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
        await using var command = Statement.Of(connection, Fill("Ingest/read_stored_rows.sql"))
            .With(NpgsqlDbType.Array | NpgsqlDbType.Text, ids);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            var key = new RecordKey(
                rows.GetString(0), rows.IsDBNull(1) ? null : rows.GetString(1),
                rows.IsDBNull(2) ? null : rows.GetDateTime(2), rows.GetBoolean(3));
            stored[key.Id] = new StoredRow(key, rows.IsDBNull(4) ? null : BinaryPrimitives.ReadUInt128BigEndian(rows.GetFieldValue<byte[]>(4)));
        }
        return stored;
    }

    public Task DeleteAsync(NpgsqlConnection connection, string[] ids, CancellationToken cancel) =>
        Statement.Of(connection, $"delete from {relation.Sql} where {Identifier.Quote(columns.Id)} = any($1)")
            .With(NpgsqlDbType.Array | NpgsqlDbType.Text, ids).RunAsync(cancel);

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
