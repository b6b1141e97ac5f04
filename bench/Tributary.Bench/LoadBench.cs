using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Tributary.Core.Postgres;
using Tributary.Tests.Live.Support;

namespace Tributary.Bench;

/// <summary>
/// First load and merge of the same documents against a bare COPY into the same keyed table, turn by turn, medians; and the peak of
/// memory while a large file is loaded. TRIBUTARY_BENCH_WAREHOUSE names a server; without it one is started for the bench.
/// </summary>
internal static class LoadBench
{
    public static async Task<int> RunAsync(string[] options)
    {
        var bytes = Option(options, "--mb", 150) * 1_000_000L;
        var rounds = Option(options, "--rounds", 5);
        var named = Environment.GetEnvironmentVariable("TRIBUTARY_BENCH_WAREHOUSE");
        await using var server = named is null ? await ThrowawayServer.StartAsync(CancellationToken.None) : null;
        var address = server?.Address ?? new NpgsqlConnectionStringBuilder(named);
        await using var database = Database.At(address, "bench");
        await Migrations.RunAsync(database, CancellationToken.None);
        var ratios = await SpeedAsync(database, bytes, rounds);
        ratios.Add(await MemoryAsync(address, Option(options, "--memory-mb", 1000) * 1_000_000L));
        return RatioTable.Print(ratios);
    }

    private static async Task<List<Ratio>> SpeedAsync(Database database, long bytes, int rounds)
    {
        using var folder = BenchFolder.Write(bytes, 1);
        var bare = new BareCopy(folder.File);
        var loads = new BenchLoads(database, folder.Path);
        var (limits, firsts, merges) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round <= rounds; round++)
        {
            await BenchLoads.ExecuteAsync(database, "create schema if not exists bench; drop table if exists bench.limit, bench.first; checkpoint");
            firsts.Add(await TimeAsync(() => loads.LoadAsync("first")));
            await BenchLoads.ExecuteAsync(database, "create table bench.limit (like bench.first including all); checkpoint");
            limits.Add(await TimeAsync(() => bare.RunAsync(database, new("bench", "limit"))));
            await loads.RewindAsync("first");
            merges.Add(await TimeAsync(() => loads.LoadAsync("first")));
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"round {round}: bare {limits[^1]:F2} s, first {firsts[^1]:F2} s, merge {merges[^1]:F2} s"));
        }
        // The first round warms up compilers and caches.
        return
        [
            new($"first load, {bare.Rows} documents", Median(firsts[1..]), Median(limits[1..]), 0.8),
            new("merge of the same documents", Median(merges[1..]), Median(limits[1..]), 0.55),
        ];
    }

    private static async Task<Ratio> MemoryAsync(NpgsqlConnectionStringBuilder address, long bytes)
    {
        using var folder = BenchFolder.Write(bytes, 2);
        return await PeakAsync($"memory while loading {bytes / 1_000_000} MB (peak RSS)", address, folder.Path);
    }

    /// <summary>The peak of memory of one load in a process of its own.</summary>
    internal static async Task<Ratio> PeakAsync(string name, NpgsqlConnectionStringBuilder address, string from)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, // an executable has a path
            ["load-once", address.ConnectionString, from])
        { RedirectStandardOutput = true };
        using var child = Process.Start(start)!;
        var result = (await child.StandardOutput.ReadToEndAsync()).Split(' ');
        await child.WaitForExitAsync();
        var megabytes = double.Parse(result[1], CultureInfo.InvariantCulture);
        return new Ratio(name, megabytes, 250, 1, "MB");
    }

    internal static async Task<double> TimeAsync(Func<Task> work)
    {
        var start = TimeProvider.System.GetTimestamp();
        await work();
        return TimeProvider.System.GetElapsedTime(start).TotalSeconds;
    }

    internal static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    internal static int Option(string[] options, string name, int fallback) =>
        Array.IndexOf(options, name) is var at and >= 0 && at + 1 < options.Length ? int.Parse(options[at + 1], CultureInfo.InvariantCulture) : fallback;
}
