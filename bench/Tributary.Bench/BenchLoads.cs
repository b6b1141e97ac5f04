using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Tributary.Connectors;
using Tributary.Core.Graph;
using Tributary.Core.Ingest;
using Tributary.Core.Postgres;

namespace Tributary.Bench;

/// <summary>Loads of a folder into a warehouse, one stream, as <c>tributary sync</c> does them.</summary>
internal sealed class BenchLoads(Database database, string folder)
{
    private static readonly ProjectKey Key = new("bench", "dev");

    /// <summary>Every load of one name goes to the raw table <c>bench.&lt;name&gt;</c>.</summary>
    public async Task<Counts> LoadAsync(string name)
    {
        var outcome = await IngestNode.Of(Stream(name), "bench").RunAsync(await ContextAsync(), CancellationToken.None);
        return ((Outcome.Succeeded)outcome).Counts;
    }

    public async Task RewindAsync(string name) => await Rewind.RunAsync(await ContextAsync(), Stream(name), CancellationToken.None);

    private SourceStream Stream(string name)
    {
        var columns = new RawColumns("id", "resource", "_airbyte_extracted_at");
        var load = new LoadSettings(new RawSettings(columns, "bench", name), new(16_000_000), new(8_000_000));
        var streams = new Dictionary<string, StreamSettings?> { ["Observation"] = null };
        return new BulkFiles(name, folder, new("bench.yml"), ".", streams, load).ListStreams()[0];
    }

    private async Task<RunContext> ContextAsync()
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        return new RunContext
        {
            Database = database,
            Clock = TimeProvider.System,
            Logger = NullLogger.Instance,
            RunId = "bench",
            Key = Key,
            AsOf = DateTimeOffset.UnixEpoch,
            Successes = await SuccessRecords.ReadAsync(connection, Key, CancellationToken.None),
        };
    }

    public static async Task<int> ExecuteAsync(Database database, string sql)
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return await command.ExecuteNonQueryAsync();
    }
}
