using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Tributary.Connectors;
using Tributary.Core.Graph;
using Tributary.Core.Ingest;
using Tributary.Core.Postgres;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;
using Tributary.Core.Text.Yaml;

namespace Tributary.Tests.Live.Ingest.Drops;

/// <summary>Loads of drops in a process of its own, which can be killed: arguments are warehouse and the source's file. Prints <c>start</c>, and <c>done</c> at the end.</summary>
internal static class DropHost
{
    public static async Task<int> RunAsync(string[] args)
    {
        await using var database = Database.At(new NpgsqlConnectionStringBuilder(args[0]), "drop-host");
        await RunAsync(database, args[1], () => Console.WriteLine("start"));
        Console.WriteLine("done");
        return 0;
    }

    public static async Task RunAsync(Database database, string file, Action started)
    {
        var given = new Dictionary<string, object?> { ["name"] = "karo", ["project_folder"] = Path.GetDirectoryName(file) };
        var source = new Binder(new EnvironmentVariables(_ => null), new KindCatalog(typeof(CsvDrops).Assembly)).Read<Source>(YamlFile.Read(file, "karo.yml"), given);
        var key = new ProjectKey("chaos", "dev");
        await using var connection = await database.OpenAsync(CancellationToken.None);
        var context = new RunContext
        {
            Database = database,
            Clock = TimeProvider.System,
            Logger = NullLogger.Instance,
            RunId = "chaos",
            Key = key,
            AsOf = DateTimeOffset.MaxValue,
            Successes = await SuccessRecords.ReadAsync(connection, key, CancellationToken.None),
        };
        started();
        foreach (var stream in source.ListStreams()) await IngestNode.Of(stream, "chaos").RunAsync(context, CancellationToken.None);
    }
}
