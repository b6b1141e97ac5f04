using Tributary.Connectors;
using Tributary.Core.Graph;
using Tributary.Core.Ingest;
using Tributary.Core.Postgres;
using Tributary.Core.Text;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Connectors.Couch;

/// <summary>A CouchDB double with the database <c>medic</c>, a warehouse, and the loads from one to the other.</summary>
internal sealed class CouchHost : IAsyncDisposable
{
    private CouchHost(TestDatabase warehouse) => Warehouse = warehouse;

    public static LoadSettings Load { get; } = new(new RawSettings(new("_id", "doc", "saved_timestamp", "source"), "v1", "couchdb"), new(4_000_000), new(100_000));

    public TestDatabase Warehouse { get; }

    public CouchDouble Server { get; } = new();

    public CouchDatabase Medic => Server.Databases["medic"];

    /// <summary>What differs from <see cref="SourceOf"/>.</summary>
    public Func<CouchDb, CouchDb> With { get; set; } = source => source;

    public static async Task<CouchHost> CreateAsync()
    {
        var host = new CouchHost(await TestDatabase.CreateAsync());
        host.Server.Create("medic");
        return host;
    }

    public static CouchDb SourceOf(string url, string[]? databases = null, LoadSettings? load = null) => new(
        "cht", "/", new("sources/cht.yml"), url, (databases ?? ["medic"]).ToDictionary(name => name, _ => (StreamSettings?)null), load ?? Load, [], [],
        Timeout: TimeSpan.FromSeconds(5), Heartbeat: TimeSpan.FromMilliseconds(200), Poll: TimeSpan.FromMilliseconds(100), new ByteSize(1_000_000), PageRows: 50);

    public CouchDb Source(params string[] databases) => With(SourceOf(Server.Url, databases.Length == 0 ? null : databases));

    public IngestNode Node(string database = "medic") => IngestNode.Of(Source(database).ListStreams()[0], "cht");

    public Task<RunContext> ContextAsync(Database? database = null) =>
        LooseRun.ContextAsync(database ?? Warehouse.Database, "cht", DateTimeOffset.UnixEpoch, cancel: TestContext.Current.CancellationToken);

    public async Task<Outcome.Succeeded> RunAsync(string database = "medic") =>
        (Outcome.Succeeded)await Node(database).RunAsync(await ContextAsync(), TestContext.Current.CancellationToken);

    public async Task<Counts> LoadAsync(string database = "medic") => (await RunAsync(database)).Counts;

    public async Task<Freshness> CheckAsync(string database = "medic") =>
        await Node(database).CheckAsync(await ContextAsync(), TestContext.Current.CancellationToken);

    /// <summary>The raw table's rows: id, revision, whether deleted, the document's field <c>n</c>.</summary>
    public Task<string[]> RowsAsync() => Warehouse.LinesAsync("select _id, _version, _deleted, doc ->> 'n' from v1.couchdb order by source, _id collate \"C\"");

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Warehouse.DisposeAsync();
    }
}
