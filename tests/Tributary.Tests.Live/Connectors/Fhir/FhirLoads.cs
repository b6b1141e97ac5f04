using Tributary.Connectors;
using Tributary.Connectors.Fhir;
using Tributary.Core.Graph;
using Tributary.Core.Ingest;
using Tributary.Core.Postgres;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Connectors.Fhir;

/// <summary>A FHIR server, a warehouse, and the loads from one to the other.</summary>
internal sealed class FhirLoads : IAsyncDisposable
{
    private readonly bool ownsWarehouse;

    private FhirLoads(TestDatabase warehouse, string schema, bool ownsWarehouse)
    {
        Warehouse = warehouse;
        Schema = schema;
        this.ownsWarehouse = ownsWarehouse;
        Source = SourceOf(Server.Base, schema) with { Clock = Clock };
    }

    public FhirDouble Server { get; } = new();

    public TestDatabase Warehouse { get; }

    public string Schema { get; }

    public ImpatientClock Clock { get; } = new();

    /// <summary>Changed by <c>with</c>: a load takes it as it is then.</summary>
    public FhirServer Source { get; set; }

    public static async Task<FhirLoads> CreateAsync() => new(await TestDatabase.CreateAsync(), "raw", true);

    /// <summary>On a warehouse that several share, in a schema of its own.</summary>
    public static FhirLoads On(TestDatabase warehouse, string schema) => new(warehouse, schema, false);

    /// <summary>Patient by pages of 10, an overlap of a minute.</summary>
    public static FhirServer SourceOf(string root, string schema, bool history = false, params string[] types)
    {
        var load = new LoadSettings(new RawSettings(new RawColumns(), schema), new(16_000_000), new(8_000_000), History: history);
        var streams = (types.Length > 0 ? types : ["Patient"]).ToDictionary(type => type, _ => (StreamSettings?)null);
        return new FhirServer(
            schema, "/", new("sources/fhir.yml"), root, streams, load, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1), TimeSpan.FromSeconds(20),
            new ExportSettings(), [], new Dictionary<string, string>(), Count: 10);
    }

    public async Task<Outcome.Succeeded> RunAsync(string type = "Patient") =>
        (Outcome.Succeeded)await Node(type).RunAsync(await ContextAsync(), TestContext.Current.CancellationToken);

    public async Task<Counts> LoadAsync(string type = "Patient") => (await RunAsync(type)).Counts;

    public async Task LoadAsync(string type, CancellationToken cancel) => await Node(type).RunAsync(await ContextAsync(), cancel);

    public async Task<Freshness> CheckAsync(string type = "Patient") =>
        await Node(type).CheckAsync(await ContextAsync(), TestContext.Current.CancellationToken);

    /// <summary>What the raw table holds as <c>id|version|deleted</c>, in order.</summary>
    public Task<string[]> RowsAsync() => Warehouse.LinesAsync($"select id, _version, _deleted from {Schema}.patient order by id");

    /// <summary>What the raw table should hold of what is there, and holds: every document to the byte (by its hash), and nothing else.</summary>
    public async Task AssertSameAsync()
    {
        var expected = Server.Store.Current("Patient").Select(version => $"{version.Id}|{Convert.ToHexStringLower(HashOf(version.Json))}").Order(StringComparer.Ordinal);
        var found = await Warehouse.LinesAsync($"select id, encode(_hash, 'hex') from {Schema}.patient where not _deleted");
        Assert.Equal(expected, found.Order(StringComparer.Ordinal));
    }

    private static byte[] HashOf(string json) => System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(json))[..16];

    private IngestNode Node(string type) => IngestNode.Of(Source.ListStreams().Single(stream => stream.Name == type), "engage");

    private async Task<RunContext> ContextAsync() => await ContextAsync(Warehouse.Database);

    public static async Task<RunContext> ContextAsync(Database database, IProgress<NodeProgress>? progress = null)
    {
        var context = await LooseRun.ContextAsync(database, "engage", DateTimeOffset.UnixEpoch);
        return progress is null ? context : context with { Progress = progress };
    }

    public async ValueTask DisposeAsync()
    {
        Server.Dispose();
        if (ownsWarehouse) await Warehouse.DisposeAsync();
    }
}
