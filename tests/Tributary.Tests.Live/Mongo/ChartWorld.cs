using Tributary.Connectors;
using Tributary.Connectors.Mongo;
using Tributary.Core.Exports;
using Tributary.Core.Graph;
using Tributary.Core.Text;
using Tributary.Tests.Live.Exports;

namespace Tributary.Tests.Live.Mongo;

/// <summary>A warehouse with <c>m.monthly</c> (month, form_id, sent), a double of MongoDB, and exports of the one to the other.</summary>
internal sealed class ChartWorld : IAsyncDisposable
{
    private const string Table = """
        create table m.monthly (month date not null, form_id text not null, sent int not null);
        insert into m.monthly select make_date(2024, month, 1), 'form' || form, month * 10 + form from generate_series(1, 3) month, generate_series(1, 4) form;
        """;

    private static readonly SourcePosition At = new("destinations/charts.yml", 1);

    private readonly bool ownsServer;

    private ChartWorld(ExportWorld exports, MongoDouble? server, string name)
    {
        ownsServer = server is null;
        (Exports, Server, Name) = (exports, server ?? new MongoDouble(), name);
        exports.Charts = Destination();
    }

    public ExportWorld Exports { get; }

    public MongoDouble Server { get; }

    public string Name { get; }

    public static async Task<ChartWorld> CreateAsync(string sql = Table, string relation = "monthly", MongoDouble? server = null, string name = "eu")
    {
        var exports = await ExportWorld.CreateAsync(sql);
        await exports.AddAsync(relation, Track.Metrics);
        return new ChartWorld(exports, server, name);
    }

    public MongoDb Destination(string? connection = null, params string[] hosts) => new(
        At, "charts", new Secret(connection ?? Server.Open), hosts.Length > 0 ? hosts : ["127.0.0.1"], "bi", Name, [Track.Metrics]);

    public static CollectionConfig Wipe(string collection = "monthly_submissions") => new(At, collection, ["month", "form_id"]);

    public static CollectionConfig Append(string collection = "monthly_submissions") => Wipe(collection) with { Mode = CollectionMode.Append, Period = "month" };

    public Task<Outcome> PushAsync(CollectionConfig collection, string relation = "monthly") => PushAsync(collection, Exports.Context(), relation);

    public async Task<Outcome> PushAsync(CollectionConfig collection, RunContext context, string relation = "monthly") =>
        Assert.Single(await Exports.RunAsync(context, ExportOf(collection, relation)));

    public static Export ExportOf(CollectionConfig collection, string relation = "monthly") => new(
        ExportWorld.At, "bi", Track.Metrics, [relation], "", ["charts"], Collections: new Dictionary<string, CollectionConfig> { [relation] = collection });

    /// <summary>Changes the relation, as a build would.</summary>
    public async Task ChangeAsync(string sql)
    {
        await Exports.Warehouse.ExecuteAsync(sql);
        await Exports.SucceedAsync("monthly");
    }

    /// <summary>What readers see: <c>server month form=sent</c>, in order.</summary>
    public IReadOnlyList<string> Seen(string collection = "monthly_submissions") => Words(Server.Store.Read(collection));

    public static IReadOnlyList<string> Words(IEnumerable<Bson> documents) =>
        [.. documents.Select(document => $"{((Bson)document["_tributary"]!).Text("server")} {document["month"]:yyyy-MM} {document["form_id"]}={document["sent"]}").Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        await Exports.DisposeAsync();
        if (ownsServer) await Server.DisposeAsync();
    }
}
