using System.Text;
using Tributary.Synthetic;
using Tributary.Synthetic.Cht;
using Tributary.Tests.Live.Connectors.Couch;

namespace Tributary.Tests.Live.Support;

/// <summary>The example <c>cht</c> with a CouchDB-compatible server of its own, which holds the synthetic databases.</summary>
internal sealed class ChtProject : ExampleProject
{
    private readonly NpmCouchServer server;

    private ChtProject(DirectoryInfo folder, TestDatabase warehouse, NpmCouchServer server) : base(folder, warehouse) => this.server = server;

    public NpmCouchServer Server => server;

    public override Dictionary<string, string> Environment => new()
    {
        ["COUCHDB_URL"] = server.Url,
        ["CHT_TEST_PASSWORD"] = Warehouse.Address.Password!, // the test server always has one
    };

    public static async Task<ChtProject> CreateAsync(double scale = 0.05)
    {
        var server = await NpmCouchServer.StartAsync();
        var (folder, warehouse) = await PrepareAsync("cht", "CHT_TEST_PASSWORD", "cht");
        var project = new ChtProject(folder, warehouse, server);
        var made = folder.CreateSubdirectory("data");
        ChtDatabases.Write(made, new SyntheticOptions { Scale = scale });
        foreach (var database in ChtDatabases.Names) await FillAsync(server, database, Path.Combine(made.FullName, $"{database}.ndjson"));
        return project;
    }

    /// <summary>Looks again and again until the query gives these lines; the test's own time limit ends it.</summary>
    public async Task UntilAsync(string sql, params string[] lines)
    {
        while (!(await Warehouse.LinesAsync(sql)).AsSpan().SequenceEqual(lines)) TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
    }

    public override async ValueTask DisposeAsync()
    {
        server.Dispose();
        await base.DisposeAsync();
    }

    private static async Task FillAsync(NpmCouchServer server, string database, string file)
    {
        if (database != "_users") await server.CreateAsync(database);
        foreach (var lines in (await File.ReadAllLinesAsync(file)).Chunk(1000))
        {
            using var content = new StringContent($$"""{"new_edits":false,"docs":[{{string.Join(',', lines)}}]}""", Encoding.UTF8, "application/json");
            using var response = await server.Http.PostAsync($"{database}/_bulk_docs", content);
            response.EnsureSuccessStatusCode();
        }
    }
}
