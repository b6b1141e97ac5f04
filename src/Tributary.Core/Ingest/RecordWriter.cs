using Npgsql;

namespace Tributary.Core.Ingest;

/// <summary>
/// Puts records into the raw table inside the caller's transaction. When the server refuses a document, the set is
/// halved until the bad ones stand alone; the others go in.
/// </summary>
internal sealed class RecordWriter(NpgsqlConnection connection, RawTable table, BatchStamp stamp)
{
    private readonly List<RefusedRecord> refused = [];

    public IReadOnlyList<RefusedRecord> Refused => refused;

    /// <summary>Writes the records; rows under the keys of <paramref name="stored"/> make room for their successors.</summary>
    public async Task PutAsync(ArraySegment<Record> records, IReadOnlyDictionary<string, StoredRow> stored, CancellationToken cancel)
    {
        if (records.Count == 0) return;
        await Statement.RunAsync(connection, "savepoint put", cancel);
        try
        {
            var replaced = records.Where(record => stored.ContainsKey(record.Key.Id)).Select(record => record.Key.Id).ToArray();
            if (replaced.Length > 0) await table.DeleteAsync(connection, replaced, cancel);
            await table.CopyAsync(connection, records, stamp, cancel);
        }
        catch (PostgresException error) when (IsRefusal(error))
        {
            await Statement.RunAsync(connection, "rollback to savepoint put", cancel);
            await HalveAsync(records, stored, error, cancel);
        }
        await Statement.RunAsync(connection, "release savepoint put", cancel);
    }

    /// <summary>
    /// Writes records whose keys should all be new; false, with nothing written, when the table already has one of them.
    /// </summary>
    public async Task<bool> TryPutNewAsync(ArraySegment<Record> records, CancellationToken cancel)
    {
        await Statement.RunAsync(connection, "savepoint fresh", cancel);
        try
        {
            await PutAsync(records, MergeChoice.NothingStored, cancel);
            return true;
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            refused.Clear();
            await Statement.RunAsync(connection, "rollback to savepoint fresh", cancel);
            return false;
        }
    }

    private async Task HalveAsync(
        ArraySegment<Record> records, IReadOnlyDictionary<string, StoredRow> stored, PostgresException error, CancellationToken cancel)
    {
        if (records.Count == 1)
        {
            refused.Add(new RefusedRecord(records[0], error.SqlState));
            return;
        }
        await PutAsync(records[..(records.Count / 2)], stored, cancel);
        await PutAsync(records[(records.Count / 2)..], stored, cancel);
    }

    // Class 22 is "data exception", class 54 "program limit exceeded" (PostgreSQL documentation, appendix A).
    private static bool IsRefusal(PostgresException error) =>
        error.SqlState.StartsWith("22", StringComparison.Ordinal) || error.SqlState.StartsWith("54", StringComparison.Ordinal);
}
