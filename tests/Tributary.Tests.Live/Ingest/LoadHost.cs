using Npgsql;
using Tributary.Connectors;
using Tributary.Core.Graph;
using Tributary.Core.Ingest;
using Tributary.Core.Postgres;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Ingest;

/// <summary>
/// A load in a process of its own, which can be killed: arguments are warehouse, folder, disposition and whether history is kept. Prints a line after
/// each committed batch and <c>done</c> at the end.
/// </summary>
internal static class LoadHost
{
    public static async Task<int> RunAsync(string[] args)
    {
        await using var database = Database.At(new NpgsqlConnectionStringBuilder(args[0]), "load-host");
        await RunAsync(database, args[1], Enum.Parse<Disposition>(args[2]), bool.Parse(args[3]), new Printer());
        Console.WriteLine("done");
        return 0;
    }

    /// <summary>The load itself, as the child process and the test run it: batches of 20 KB of the stream Patient.</summary>
    public static async Task RunAsync(
        Database database, string folder, Disposition disposition, bool history, IProgress<NodeProgress> progress)
    {
        var load = new LoadSettings(new RawSettings(new RawColumns(), "raw"), new(16_000_000), new(20_000), disposition, history);
        var source = new BulkFiles("fhir", folder, new("fhir.yml"), ".", new Dictionary<string, StreamSettings?> { ["Patient"] = null }, load);
        var context = await LooseRun.ContextAsync(database, "chaos", DateTimeOffset.UnixEpoch, "chaos") with { Progress = progress };
        await IngestNode.Of(source.ListStreams()[0], "chaos").RunAsync(context, CancellationToken.None);
    }

    private sealed class Printer : IProgress<NodeProgress>
    {
        public void Report(NodeProgress value) => Console.WriteLine("batch");
    }
}
