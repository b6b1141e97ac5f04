using Npgsql;
using Tributary.Bench.Fhir;
using Tributary.Connectors;
using Tributary.Connectors.Fhir;
using Tributary.Core.Graph;
using Tributary.Core.Ingest;
using Tributary.Core.Postgres;
using Tributary.Tests.Live.Support;

namespace Tributary.Bench;

/// <summary>Loads of one stream into a warehouse, as <c>tributary sync</c> does them; the source is made by its name and where it lands.</summary>
internal sealed class BenchLoads(Database database, Func<string, LoadSettings, Source> sourceOf)
{
    private static readonly Dictionary<string, StreamSettings?> Streams = new() { ["Observation"] = null };

    /// <summary>Of a folder of files.</summary>
    public BenchLoads(Database database, string folder)
        : this(database, (name, load) => new BulkFiles(name, folder, new("bench.yml"), ".", Streams, load))
    {
    }

    /// <summary>Of a FHIR server, by search.</summary>
    public static BenchLoads OfServer(Database database, string address) => new(database, (name, load) => new FhirServer(
        name, "/", new("bench.yml"), address, Streams, load, TimeSpan.FromMinutes(5), TimeSpan.FromDays(1), TimeSpan.FromSeconds(60),
        new ExportSettings(), [], new Dictionary<string, string>(), Mode: ReadingMode.Search, Deletions: DeletionMode.None, Count: FhirBench.Count));

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
        return sourceOf(name, load).ListStreams()[0];
    }

    private Task<RunContext> ContextAsync() => LooseRun.ContextAsync(database, "bench", DateTimeOffset.UnixEpoch, "bench");

    public static async Task<int> ExecuteAsync(Database database, string sql)
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return await command.ExecuteNonQueryAsync();
    }
}
