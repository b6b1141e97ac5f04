using Npgsql;
using Tributary.Core.Postgres;

namespace Tributary.Core.Ingest;

/// <summary>
/// Puts records into the raw table inside the caller's transaction. When the server refuses a document, the set is
/// halved until the bad ones stand alone; the others go in.
/// </summary>
internal sealed class RecordWriter(NpgsqlConnection connection, RawTable table, BatchStamp stamp)
{
    private const string SetPut = "savepoint put";

    private readonly List<RefusedRecord> refused = [];
    private readonly HashSet<(string File, long Offset)> refusedPlaces = [];
    private readonly HashSet<(string File, long Offset)> takenPlaces = [];

    public IReadOnlyList<RefusedRecord> Refused => refused;

    public bool IsRefused(Record record) => refusedPlaces.Contains(record.Place);

    /// <summary>True when the server has parsed the record's document and took it.</summary>
    public bool IsTaken(Record record) => takenPlaces.Contains(record.Place);

    /// <summary>Writes the records; rows under the keys of <paramref name="stored"/> make room for their successors.</summary>
    public async Task PutAsync(ArraySegment<Record> records, IReadOnlyDictionary<string, StoredRow> stored, CancellationToken cancel)
    {
        var flagged = records.ToLookup(record => record.KeepsDocument && stored.ContainsKey(record.Key.Id));
        await table.MarkDeletedAsync(connection, [.. flagged[true]], stamp, cancel);
        await HalvingAsync(flagged[false].ToArray(), part => WriteAsync(part, stored, cancel), SetPut, cancel);
    }

    /// <summary>Finds the records that the server would refuse without keeping the others.</summary>
    public async Task ProbeAsync(ArraySegment<Record> records, CancellationToken cancel)
    {
        if (records.Count == 0) return;
        const string create = "create temp table if not exists tributary_probe (document jsonb) on commit delete rows";
        await Statement.RunAsync(connection, create, cancel);
        var probe = new Relation("pg_temp", "tributary_probe");
        await HalvingAsync(records, part => RawTable.CopyDocumentsAsync(connection, probe, part, cancel), SetPut, cancel);
    }

    /// <summary>
    /// Writes records whose keys should all be new; false, with nothing written, when the table already has one of them.
    /// </summary>
    public async Task<bool> TryPutNewAsync(ArraySegment<Record> records, CancellationToken cancel)
    {
        try
        {
            await HalvingAsync(records, part => WriteAsync(part, MergeChoice.NothingStored, cancel), $"savepoint fresh; {SetPut}", cancel);
            return true;
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            refused.Clear();
            refusedPlaces.Clear();
            takenPlaces.Clear();
            await Statement.RunAsync(connection, "rollback to savepoint fresh", cancel);
            return false;
        }
    }

    private async Task WriteAsync(ArraySegment<Record> records, IReadOnlyDictionary<string, StoredRow> stored, CancellationToken cancel)
    {
        var replaced = records.Where(record => stored.ContainsKey(record.Key.Id)).Select(record => record.Key.Id).ToArray();
        if (replaced.Length > 0) await table.DeleteAsync(connection, replaced, cancel);
        await table.CopyAsync(connection, records, stamp, cancel);
    }

    // Savepoints of one name cover each other, the last one counts; they go with the transaction.
    private async Task HalvingAsync(
        ArraySegment<Record> records, Func<ArraySegment<Record>, Task> write, string setSavepoint, CancellationToken cancel)
    {
        if (records.Count == 0) return;
        await Statement.RunAsync(connection, setSavepoint, cancel);
        try
        {
            await write(records);
            foreach (var record in records) takenPlaces.Add(record.Place);
        }
        catch (PostgresException error) when (IsRefusal(error))
        {
            await Statement.RunAsync(connection, "rollback to savepoint put", cancel);
            if (records.Count == 1)
            {
                refused.Add(new RefusedRecord(records[0], error.SqlState));
                refusedPlaces.Add(records[0].Place);
            }
            else
            {
                await HalvingAsync(records[..(records.Count / 2)], write, SetPut, cancel);
                await HalvingAsync(records[(records.Count / 2)..], write, SetPut, cancel);
            }
        }
    }

    // Class 22 is "data exception", class 54 "program limit exceeded" (PostgreSQL documentation, appendix A).
    private static bool IsRefusal(PostgresException error) =>
        error.SqlState.StartsWith("22", StringComparison.Ordinal) || error.SqlState.StartsWith("54", StringComparison.Ordinal);
}
