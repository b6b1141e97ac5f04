using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Tributary.Connectors;
using Tributary.Core.Ingest;
using Tributary.Core.Postgres;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;
using Tributary.Core.Text.Yaml;
using Tributary.Tests.Live.Support;

namespace Tributary.Bench.Csv;

/// <summary>
/// Drops of CSV against <c>psql \copy</c> of the same file into a table of the same columns and key, turn by turn, medians: a snapshot with its
/// contract checked, one with history of which 1 % changed, and activities with damaged JSON against the mended file.
/// </summary>
internal static class CsvDropBench
{
    public static async Task<int> RunAsync(string[] options)
    {
        var rows = LoadBench.Option(options, "--rows", 2_000_000);
        var rounds = LoadBench.Option(options, "--rounds", 3);
        var named = Environment.GetEnvironmentVariable("TRIBUTARY_BENCH_WAREHOUSE");
        await using var server = named is null ? await ThrowawayServer.StartAsync(CancellationToken.None) : null;
        var address = server?.Address ?? new NpgsqlConnectionStringBuilder(named);
        await using var database = Database.At(address, "bench");
        await Migrations.RunAsync(database, CancellationToken.None);
        var folder = Directory.CreateTempSubdirectory("tributary-bench-csv-").FullName;
        try
        {
            var ratios = new List<Ratio>();
            if (!options.Contains("--memory-only"))
            {
                ratios.AddRange(await PeopleAsync(database, address, folder, rows, rounds));
                ratios.Add(await ActivitiesAsync(database, address, folder, rows / 4, rounds));
            }
            ratios.Add(await MemoryAsync(address, folder, LoadBench.Option(options, "--memory-mb", 1000) * 1_000_000L));
            return RatioTable.Print(ratios);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>One load in a process of its own: prints seconds and megabytes.</summary>
    public static async Task<int> OnceAsync(string server, string folder)
    {
        await using var database = Database.At(new NpgsqlConnectionStringBuilder(server), "bench");
        var seconds = await LoadBench.TimeAsync(() => LoadAsync(database, folder, "people", PeopleYaml));
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds:F2} {self.PeakWorkingSet64 / 1e6:F1}"));
        return 0;
    }

    private const string PeopleYaml = """
        people:
          key: id
          drift: reject
          columns:
            id: { type: bigint }
            name: {}
            born: { type: date }
            changed: { type: timestamp }
            amount: { type: numeric }
            active: { type: boolean }
            score: { type: double }
            note: {}
            city: {}
            ref: { type: uuid }
        """;

    private const string ActivitiesYaml = """
        activities:
          disposition: merge
          key: id
          order_by: changed
          columns:
            id: { type: bigint }
            type: { type: integer }
            changed: { type: timestamp }
            client: { type: bigint }
            data: { type: json, repair: true }
        """;

    private static async Task<List<Ratio>> PeopleAsync(Database database, NpgsqlConnectionStringBuilder address, string folder, long rows, int rounds)
    {
        var first = Path.Combine(folder, "people", "d20260101", "people.csv");
        var second = Path.Combine(folder, "people2", "d20260102", "people.csv");
        Directory.CreateDirectory(Path.GetDirectoryName(first)!); // a path of a file has a folder
        Directory.CreateDirectory(Path.GetDirectoryName(second)!);
        CsvFiles.WritePeople(first, rows);
        CsvFiles.WritePeople(second, rows, 0.01);
        var historic = PeopleYaml.Replace("people:", "people_history:\n  files: people.csv\n  history: true", StringComparison.Ordinal);
        var (limits, replaces, histories) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round <= rounds; round++)
        {
            await ResetAsync(database);
            await BenchLoads.ExecuteAsync(database, $"create table bench.limit ({CsvFiles.PeopleTable}); checkpoint");
            limits.Add(await LoadBench.TimeAsync(() => CopyAsync(address, first)));
            await BenchLoads.ExecuteAsync(database, "drop table bench.limit; checkpoint");
            replaces.Add(await LoadBench.TimeAsync(() => LoadAsync(database, Path.Combine(folder, "people"), "people", PeopleYaml)));
            await LoadAsync(database, Path.Combine(folder, "people"), "people_history", historic);
            await BenchLoads.ExecuteAsync(database, "drop table bench.people; checkpoint");
            histories.Add(await LoadBench.TimeAsync(() => LoadAsync(database, Path.Combine(folder, "people2"), "people_history", historic)));
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round}: \\copy {limits[^1]:F2} s, replace {replaces[^1]:F2} s, with history {histories[^1]:F2} s"));
        }
        Directory.Delete(Path.Combine(folder, "people"), recursive: true);
        Directory.Delete(Path.Combine(folder, "people2"), recursive: true);
        // The first round warms up compilers and caches.
        var limit = LoadBench.Median(limits[1..]);
        return
        [
            new($"replace of {rows} rows x 10, at most 0.8 x \\copy", LoadBench.Median(replaces[1..]), limit, 1 / 0.8),
            new("the same with history, 1 % changed, at most 1.5 x", LoadBench.Median(histories[1..]), limit, 1 / 1.5),
        ];
    }

    private static async Task<Ratio> ActivitiesAsync(Database database, NpgsqlConnectionStringBuilder address, string folder, long rows, int rounds)
    {
        var damaged = Path.Combine(folder, "activities", "d20260101", "activities.csv");
        var mended = Path.Combine(folder, "mended.csv");
        Directory.CreateDirectory(Path.GetDirectoryName(damaged)!); // as above
        CsvFiles.WriteActivities(damaged, rows, 0.02, mended: false);
        CsvFiles.WriteActivities(mended, rows, 0.02, mended: true);
        var (limits, loads) = (new List<double>(), new List<double>());
        for (var round = 0; round <= rounds; round++)
        {
            await ResetAsync(database);
            await BenchLoads.ExecuteAsync(database, $"create table bench.limit ({CsvFiles.ActivitiesTable}); checkpoint");
            limits.Add(await LoadBench.TimeAsync(() => CopyAsync(address, mended)));
            await BenchLoads.ExecuteAsync(database, "checkpoint");
            loads.Add(await LoadBench.TimeAsync(() => LoadAsync(database, Path.Combine(folder, "activities"), "activities", ActivitiesYaml)));
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round}: \\copy {limits[^1]:F2} s, activities {loads[^1]:F2} s"));
        }
        return new($"{rows} activities, 2 % mended, at most 1.0 x \\copy", LoadBench.Median(loads[1..]), LoadBench.Median(limits[1..]), 1.0);
    }

    private static async Task<Ratio> MemoryAsync(NpgsqlConnectionStringBuilder address, string folder, long bytes)
    {
        var file = Path.Combine(folder, "large", "d20260101", "people.csv");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!); // as above
        CsvFiles.WritePeople(file, bytes / 165);
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["csv-once", address.ConnectionString, Path.Combine(folder, "large")]) { RedirectStandardOutput = true }; // an executable has a path
        using var child = Process.Start(start)!;
        var result = (await child.StandardOutput.ReadToEndAsync()).Split(' ');
        await child.WaitForExitAsync();
        return new Ratio($"memory while loading {new FileInfo(file).Length / 1_000_000} MB (peak RSS)", double.Parse(result[1], CultureInfo.InvariantCulture), 250, 1, "MB");
    }

    private static Task<int> ResetAsync(Database database) => BenchLoads.ExecuteAsync(database, """
        drop schema if exists bench cascade; create schema bench;
        delete from tributary.checkpoint; delete from tributary.load; delete from tributary.loaded_file; delete from tributary.drop_state; delete from tributary.success; delete from tributary_reject.reject
        """);

    private static async Task CopyAsync(NpgsqlConnectionStringBuilder address, string file)
    {
        var start = await PsqlProgram.CommandAsync(address, ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", $"\\copy bench.limit from '{file}' with (format csv, header)"], CancellationToken.None);
        using var psql = Process.Start(start)!;
        await psql.WaitForExitAsync();
        if (psql.ExitCode != 0) throw new InvalidOperationException("psql refused the file.");
    }

    private static async Task LoadAsync(Database database, string folder, string stream, string yaml)
    {
        var text = $"kind: csv_drops\npath: {folder}\nraw: {{ schema: bench }}\ndrops: {{ pattern: \"d{{timestamp}}\", quiet: 0s }}\ndatasets:\n  {yaml.Replace("\n", "\n  ", StringComparison.Ordinal)}";
        var given = new Dictionary<string, object?> { ["name"] = "csv", ["project_folder"] = "/" };
        var source = new Binder(new EnvironmentVariables(_ => null), new KindCatalog(typeof(CsvDrops).Assembly)).Read<Source>(YamlFile.Parse(text, "bench.yml"), given);
        var context = await LooseRun.ContextAsync(database, "bench", TimeProvider.System.GetUtcNow(), "bench");
        await IngestNode.Of(source.ListStreams().Single(one => one.Name == stream), "bench").RunAsync(context, CancellationToken.None);
    }
}
