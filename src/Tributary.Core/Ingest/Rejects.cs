using Npgsql;
using NpgsqlTypes;
using Tributary.Core.Graph;
using Tributary.Core.Ingest.Formats;
using Tributary.Core.Text;

namespace Tributary.Core.Ingest;

/// <summary>The records that could not be loaded: what there is, its bytes on request, and the way back in.</summary>
public sealed class Rejects(RunContext context)
{
    /// <summary>
    /// Rejects in the order in which they came; null means any stream or status (<c>open</c>, <c>released</c>, <c>superseded</c>).
    /// </summary>
    public async Task<IReadOnlyList<RejectedRecord>> ListAsync(string? stream, string? status, int most, CancellationToken cancel)
    {
        await using var connection = await context.Database.OpenAsync(cancel);
        return await ReadAsync(connection, stream, status, null, most, cancel);
    }

    /// <summary>One reject; throws TRB0111 when there is none of this number.</summary>
    public async Task<RejectedRecord> FindAsync(long id, CancellationToken cancel)
    {
        await using var connection = await context.Database.OpenAsync(cancel);
        return (await ReadAsync(connection, null, null, id, 1, cancel)).SingleOrDefault() ?? throw new UserErrorException(
            ErrorCodes.UnknownName, null, $"There is no reject {id} in {context.Key}.", "`tributary rejects list` shows the numbers.");
    }

    /// <summary>The first bytes of a reject, exactly as they came: all of it, or 1 MB of it. May hold personal data.</summary>
    public async Task<byte[]> BytesAsync(long id, CancellationToken cancel)
    {
        await FindAsync(id, cancel);
        await using var connection = await context.Database.OpenAsync(cancel);
        return (byte[])(await Statement.Of(connection, "select bytes from tributary_reject.reject where reject_id = $1")
            .With(NpgsqlDbType.Bigint, id).ScalarAsync(cancel))!; // found above, and not null
    }

    /// <summary>
    /// Loads the corrected record of an open reject, as a load would have: <paramref name="corrected"/>, or its stored bytes when it is
    /// null. Row, status and counts are committed together; throws TRB0403 and changes nothing when the record is still bad.
    /// </summary>
    public async Task<Counts> ReleaseAsync(SourceStream stream, long id, ReadOnlyMemory<byte>? corrected, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var reject = await FindAsync(id, cancel);
        if (reject.Status != "open" || reject.Stream != stream.Key)
            throw StillBad(reject, $"it is {reject.Status} and of the stream {reject.Stream}");
        using var batch = BatchOf(reject, stream, corrected ?? await BytesAsync(id, cancel));
        await using var connection = await context.Database.OpenAsync(cancel);
        await StreamLock.TakeAsync(connection, context, stream.Key, RawTable.Of(stream), cancel);
        try
        {
            batch.Position = (await new Checkpoints(connection, context, stream.Key).ReadAsync(cancel)).Position;
            var commit = new BatchCommit(connection, context, stream, new BatchApply(connection, context, stream, RawTable.Of(stream)));
            var (counts, load) = await commit.RunAsync(batch, rejects => Refuse(reject, rejects), cancel);
            context.Successes.Loaded(stream.Key, load);
            return counts;
        }
        catch (Exception error) when (LoadFailure.Explain(error, stream) is { } explained)
        {
            throw explained;
        }
        finally
        {
            if (connection.State == System.Data.ConnectionState.Open) await StreamLock.ReleaseAsync(connection);
        }
    }

    private static RecordBatch BatchOf(RejectedRecord reject, SourceStream stream, ReadOnlyMemory<byte> bytes)
    {
        if (stream.Source.WhyNotReleased is { } why) throw StillBad(reject, why);
        var document = bytes.Span.Trim(" \t\r\n"u8);
        if (document.Length > stream.Source.Load.MaxRecordBytes.Bytes)
            throw StillBad(reject, $"it has {document.Length} bytes, more than max_record_bytes");
        if (FhirResource.Read(document, stream.Name, out var key, out var detail) is not null) throw StillBad(reject, detail);
        var batch = new RecordBatch(document.Length) { Released = reject.Id };
        batch.Add(key, document, reject.File ?? "", reject.Line ?? 0, reject.Offset ?? 0);
        return batch;
    }

    private static void Refuse(RejectedRecord reject, IReadOnlyList<Reject> rejects)
    {
        if (rejects.Count > 0) throw StillBad(reject, rejects[0].Detail);
    }

    private static UserErrorException StillBad(RejectedRecord reject, string why) => new(
        ErrorCodes.RejectStays, null, $"Reject {reject.Id} ({reject.File}, line {reject.Line}) cannot be released: {why}.",
        "Write the corrected record into a file and release it with `--from FILE`.");

    private async Task<IReadOnlyList<RejectedRecord>> ReadAsync(
        NpgsqlConnection connection, string? stream, string? status, long? id, int most, CancellationToken cancel)
    {
        await using var command = Statement.Of(connection, Sql.Read("Ingest/list_rejects.sql"))
            .With(NpgsqlDbType.Text, context.Key.Project).With(NpgsqlDbType.Text, context.Key.Target)
            .With(NpgsqlDbType.Text, stream).With(NpgsqlDbType.Text, status).With(NpgsqlDbType.Bigint, id).With(NpgsqlDbType.Integer, most);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<RejectedRecord>();
        while (await rows.ReadAsync(cancel))
        {
            found.Add(new RejectedRecord(
                rows.GetInt64(0), rows.GetString(1), rows.GetInt64(2), rows.GetString(3), await rows.GetFieldValueAsync<string?>(4, cancel),
                await rows.GetFieldValueAsync<long?>(5, cancel), await rows.GetFieldValueAsync<long?>(6, cancel), rows.GetInt64(7),
                rows.GetString(8), rows.GetString(9), rows.GetString(10), rows.GetDateTime(11)));
        }
        return found;
    }
}
