using Npgsql;
using Tributary.Connectors;
using Tributary.Connectors.Buckets;
using Tributary.Core.Exports;
using Tributary.Core.Graph;
using Tributary.Core.Postgres;
using Tributary.Core.Text;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Exports;

/// <summary>
/// Two exports of <c>m.big</c> and <c>m.small</c> in a process of its own, which can be killed: arguments are warehouse and folder, or endpoint,
/// bucket and keys of S3. Prints a line for each piece that was written and <c>done</c> at the end.
/// </summary>
internal static class ExportHost
{
    private static readonly SourcePosition At = new("exports/x.yml", 1);

    public static async Task<int> RunAsync(string[] args)
    {
        await using var database = Database.At(new NpgsqlConnectionStringBuilder(args[0]), "export-host");
        await RunAsync(database, args is [_, var folder] ? InFolder(folder) : InBucket(args), new Printer());
        Console.WriteLine("done");
        return 0;
    }

    public static FileDestination InFolder(string folder) => new Folder(At, "local", folder, "out", [Track.Pii]);

    private static S3 InBucket(string[] args)
    {
        var connection = new S3Connection(At, Endpoint: args[1], AccessKey: new Secret(args[3]), SecretKey: new Secret(args[4]));
        return TestS3.DestinationOf(new Bucket(connection, args[2])) with { Name = "local" };
    }

    /// <summary>The exports themselves, as the child process and the test run them; those that stand are left alone.</summary>
    public static async Task RunAsync(Database database, Destination destination, IProgress<NodeProgress> progress)
    {
        var context = await LooseRun.ContextAsync(database, "chaos", ExportWorld.AsOf, "chaos") with { Progress = progress };
        foreach (var node in Nodes(destination))
        {
            if (!(await node.CheckAsync(context, CancellationToken.None)).IsFresh) await node.RunAsync(context, CancellationToken.None);
        }
        await context.Scope.DisposeAsync();
    }

    private static IReadOnlyList<ExportNode> Nodes(Destination destination)
    {
        var catalog = new ExportCatalog(
            [new Export(At, "first", Track.Pii, ["*"], "{export}.zip", ["local"]), new Export(At, "second", Track.Pii, ["big"], "{export}.zip", ["local"])],
            new Dictionary<string, Destination> { ["local"] = destination },
            [.. new[] { "big", "small" }.Select(name => new ExportRelation($"model.chaos.{name}", name, new Relation("m", name), Track.Pii, [], new HashSet<string>()))],
            []);
        return ExportNodes.Create(catalog, new ExportTarget("dev", false, null), "chaos", new Problems());
    }

    private sealed class Printer : IProgress<NodeProgress>
    {
        public void Report(NodeProgress value) => Console.WriteLine("piece");
    }
}
