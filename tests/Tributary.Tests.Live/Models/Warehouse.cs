using Tributary.Core.Graph;
using Tributary.Core.Models;
using Tributary.Core.Text;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Models;

/// <summary>
/// A dbt project in a temporary folder and a database to build it in. The project is one text: each file begins with a line
/// <c>--- path</c>; writing a file again changes it for the next build.
/// </summary>
internal sealed class Warehouse : IAsyncDisposable
{
    private static int count;
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"tributary-live-models-{Environment.ProcessId}-{Interlocked.Increment(ref count)}");
    private readonly TestDatabase database;

    private readonly bool ownsDatabase;

    private Warehouse(TestDatabase database, bool ownsDatabase) => (this.database, this.ownsDatabase) = (database, ownsDatabase);

    public TestDatabase Database => database;

    public DateTimeOffset AsOf { get; set; } = new(2025, 12, 31, 0, 0, 0, TimeSpan.Zero);

    public Dictionary<string, object?> Vars { get; } = [];

    /// <summary>Models that the engine wrote, beside those of the folder.</summary>
    public IReadOnlyList<GeneratedModel> Generated { get; set; } = [];

    public string Folder => folder;

    /// <summary>The project whose control rows are read and written.</summary>
    public string Project { get; init; } = "shop";

    /// <summary>The raw tables of streams that something else loads.</summary>
    public IReadOnlyDictionary<string, StreamTable> Streams { get; init; } = new Dictionary<string, StreamTable>();

    /// <summary>In a database that others use too.</summary>
    public static Warehouse In(TestDatabase database, string project, IReadOnlyDictionary<string, StreamTable> streams, string files)
    {
        var warehouse = new Warehouse(database, ownsDatabase: false) { Project = project, Streams = streams };
        warehouse.Write("--- dbt_project.yml\nname: shop\n");
        warehouse.Write(files);
        return warehouse;
    }

    public static async Task<Warehouse> CreateAsync(string files)
    {
        var warehouse = new Warehouse(await TestDatabase.CreateAsync(), ownsDatabase: true);
        if (!files.Contains("--- dbt_project.yml", StringComparison.Ordinal)) warehouse.Write("--- dbt_project.yml\nname: shop\n");
        warehouse.Write(files);
        return warehouse;
    }

    public void Write(string files)
    {
        foreach (var part in files.ReplaceLineEndings("\n").Split("--- ", StringSplitOptions.RemoveEmptyEntries).Where(part => part.Trim().Length > 0))
        {
            var end = part.Contains('\n', StringComparison.Ordinal) ? part.IndexOf('\n', StringComparison.Ordinal) : part.Length;
            var file = Path.Combine(folder, part[..end].Trim());
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, part[Math.Min(end + 1, part.Length)..]);
        }
    }

    public ModelProject Load()
    {
        var target = new ProfileTarget("dev", database.Address.Database!, "analytics") { User = database.Address.Username! };
        return ModelProject.Load(ModelFiles.Read(folder, new ModelSettings(target) { Vars = Vars, StreamTables = Streams, Project = Project }), Generated);
    }

    public async Task<RunContext> ContextAsync(bool fullRefresh = false) =>
        await LooseRun.ContextAsync(database.Database, Project, AsOf, "run", TestContext.Current.CancellationToken) with { FullRefresh = fullRefresh };

    /// <summary>
    /// Builds in graph order, one node after another, and says of each how it ended: <c>built</c>, <c>fresh</c>, <c>warned</c>,
    /// <c>failed</c>, <c>skipped</c>.
    /// </summary>
    public async Task<Dictionary<string, string>> BuildAsync(bool fullRefresh = false)
    {
        var context = await ContextAsync(fullRefresh);
        var ends = new Dictionary<string, string>();
        var graph = NodeGraph.Build(Load().Nodes);
        foreach (var node in graph.Nodes)
            ends[node.Name] = graph.Parents(node.Id).Any(parent => ends[graph[parent].Name] is "failed" or "skipped") ? "skipped" : await EndAsync(node, context);
        return ends;
    }

    /// <summary>The last error of each node that failed.</summary>
    public Dictionary<string, UserError> Errors { get; } = [];

    public void AssertNoErrors()
    {
        if (Errors.Count > 0) Assert.Fail(string.Join("\n", Errors.Values));
    }

    private async Task<string> EndAsync(Node node, RunContext context)
    {
        try
        {
            if ((await node.CheckAsync(context, TestContext.Current.CancellationToken)).IsFresh) return "fresh";
            var outcome = await node.RunAsync(context, TestContext.Current.CancellationToken);
            if (outcome is Outcome.Failed failed) Errors[node.Name] = failed.Error;
            return outcome switch { Outcome.Succeeded => "built", Outcome.Warned => "warned", Outcome.Failed => "failed", _ => "skipped" };
        }
        catch (UserErrorException error)
        {
            Errors[node.Name] = error.Errors[0];
            return "failed";
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (ownsDatabase) await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
