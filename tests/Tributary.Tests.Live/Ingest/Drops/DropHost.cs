using System.Diagnostics;
using Npgsql;
using Tributary.Connectors;
using Tributary.Core.Ingest;
using Tributary.Core.Postgres;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;
using Tributary.Core.Text.Yaml;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Ingest.Drops;

/// <summary>Loads of drops in a process of its own, which can be killed: arguments are warehouse and the source's file. Prints <c>start</c>, and at the end the most memory that it ever had.</summary>
internal static class DropHost
{
    public static async Task<int> RunAsync(string[] args)
    {
        await using var database = Database.At(new NpgsqlConnectionStringBuilder(args[0]), "drop-host");
        await RunAsync(database, args[1], () => Console.WriteLine("start"));
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(self.PeakWorkingSet64);
        return 0;
    }

    public static async Task RunAsync(Database database, string file, Action started)
    {
        var given = new Dictionary<string, object?> { ["name"] = "karo", ["project_folder"] = Path.GetDirectoryName(file) };
        var source = new Binder(new EnvironmentVariables(_ => null), new KindCatalog(typeof(CsvDrops).Assembly)).Read<Source>(YamlFile.Read(file, "karo.yml"), given);
        var context = await LooseRun.ContextAsync(database, "chaos", DateTimeOffset.MaxValue, "chaos");
        started();
        foreach (var stream in source.ListStreams()) await IngestNode.Of(stream, "chaos").RunAsync(context, CancellationToken.None);
    }
}
