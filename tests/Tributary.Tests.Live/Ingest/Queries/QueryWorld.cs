using Tributary.Connectors;
using Tributary.Core.Graph;
using Tributary.Core.Ingest;
using Tributary.Core.Ingest.Queries;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;
using Tributary.Core.Text.Yaml;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Ingest.Queries;

/// <summary>
/// A database that is read, a warehouse, and the loads from one to the other as a source's YAML says. A new kind of database without a world
/// fails the conformance suite.
/// </summary>
internal abstract class QueryWorld(TestDatabase outside, TestDatabase warehouse) : IAsyncDisposable
{
    /// <summary>What is read: the rows behind the system, whatever it is.</summary>
    public TestDatabase Outside => outside;

    public TestDatabase Warehouse => warehouse;

    public static async Task<QueryWorld> OfAsync(string kind) => kind switch
    {
        "sql_database" => new SqlWorld(await TestDatabase.CreateAsync(migrated: false), await TestDatabase.CreateAsync()),
        _ => throw new NotSupportedException($"The source kind {kind} has no world: write one beside this class."),
    };

    /// <summary>The source's keys, without its streams.</summary>
    public abstract string Head { get; }

    /// <summary>The keys of a source that points at nothing.</summary>
    public abstract string Nowhere { get; }

    /// <summary>The variables of the YAML.</summary>
    public Dictionary<string, string?> Environment { get; } = [];

    public QuerySource Source(string streams, string? head = null)
    {
        var binder = new Binder(new EnvironmentVariables(Environment.GetValueOrDefault), new KindCatalog(typeof(CsvDrops).Assembly));
        var given = new Dictionary<string, object?> { ["name"] = "pps", ["project_folder"] = "/" };
        return (QuerySource)binder.Read<Source>(YamlFile.Parse($"{head ?? Head}\nstreams:\n  {streams.Trim().Replace("\n", "\n  ", StringComparison.Ordinal)}", "sources/pps.yml"), given);
    }

    /// <summary>Loads the first stream of <paramref name="streams"/>.</summary>
    public async Task<Outcome.Succeeded> LoadAsync(string streams, string? head = null, CancellationToken? cancel = null)
    {
        var context = await LooseRun.ContextAsync(warehouse.Database, "hmx", new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero), cancel: TestContext.Current.CancellationToken);
        return (Outcome.Succeeded)await IngestNode.Of(Source(streams, head).ListStreams()[0], "hmx").RunAsync(context, cancel ?? TestContext.Current.CancellationToken);
    }

    public async Task<UserError> RefusedAsync(string streams, string? head = null) =>
        (await Assert.ThrowsAsync<UserErrorException>(() => LoadAsync(streams, head))).Errors[0];

    public virtual async ValueTask DisposeAsync()
    {
        await outside.DisposeAsync();
        await warehouse.DisposeAsync();
    }

    private sealed class SqlWorld : QueryWorld
    {
        public SqlWorld(TestDatabase outside, TestDatabase warehouse) : base(outside, warehouse) => Environment["PPS_PASSWORD"] = outside.Address.Password;

        public override string Head => HeadOf(Outside.Address.Database!); // a test database has a name

        public override string Nowhere => HeadOf("not_there");

        private string HeadOf(string database) => $$"""
            kind: sql_database
            host: {{Outside.Address.Host}}
            port: {{Outside.Address.Port}}
            database: {{database}}
            user: {{Outside.Address.Username}}
            password: ${PPS_PASSWORD}
            """;
    }
}
