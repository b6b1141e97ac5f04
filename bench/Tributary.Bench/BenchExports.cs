using Tributary.Connectors;
using Tributary.Core.Exports;
using Tributary.Core.Postgres;
using Tributary.Core.Text;
using Tributary.Tests.Live.Support;

namespace Tributary.Bench;

/// <summary>One export of <c>bench.answers</c> to a folder, as <c>tributary export</c> does it.</summary>
internal static class BenchExports
{
    private static readonly SourcePosition At = new("bench.yml");

    /// <summary>Every round is another day, so that each writes a file of its own.</summary>
    public static async Task RunAsync(Database database, string folder, int round)
    {
        var problems = new Problems();
        var catalog = new ExportCatalog(
            [new Export(At, "answers", Track.Pii, ["answers"], "{yyyyMMdd}.zip", ["local"])],
            new Dictionary<string, Destination> { ["local"] = new Folder(At, "local", folder, "out", [Track.Pii]) },
            [new ExportRelation("model.bench.answers", "answers", new Relation("bench", "answers"), Track.Pii, [], new HashSet<string>())],
            []);
        var node = ExportNodes.Create(catalog, new ExportTarget("dev", false, null), "bench", problems)[0];
        var context = await LooseRun.ContextAsync(database, "bench", DateTimeOffset.UnixEpoch.AddDays(4000 + round), "bench");
        await node.RunAsync(context, CancellationToken.None);
        await context.Scope.DisposeAsync();
    }
}
