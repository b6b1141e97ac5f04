using Tributary.Core.Postgres;

namespace Tributary.Core.Ingest;

/// <summary>The keys of a raw table, read on sessions of their own: the source asks while a batch is written.</summary>
internal sealed class RawTableKeys(Database database, RawTable table) : StoredKeys
{
    public override async Task<IReadOnlyList<RecordKey>> ListAsync(string after, int most, CancellationToken cancel)
    {
        await using var session = await database.OpenAsync(cancel);
        return await table.ListKeysAsync(session, after, most, cancel);
    }

    public override async Task<IReadOnlyDictionary<string, RecordKey>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancel)
    {
        await using var session = await database.OpenAsync(cancel);
        return (await table.ReadAsync(session, [.. ids], cancel)).ToDictionary(row => row.Key, row => row.Value.Key, StringComparer.Ordinal);
    }
}
