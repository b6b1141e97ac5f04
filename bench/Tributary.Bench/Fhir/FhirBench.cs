using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Tributary.Core.Postgres;
using Tributary.Tests.Live.Connectors.Fhir;
using Tributary.Tests.Live.Support;

namespace Tributary.Bench.Fhir;

/// <summary>
/// A first load from a FHIR server against a reader of the same pages that throws them away, turn by turn, medians: once from npm's FHIR router, which costs
/// what a server costs, and once from a server that only sends bytes; there the bare COPY of the same documents is shown beside, because parsing jsonb is slower than
/// loopback. And the peak of memory.
/// </summary>
internal static class FhirBench
{
    public const int Count = 1000;

    public static async Task<int> RunAsync(string[] options)
    {
        var rounds = LoadBench.Option(options, "--rounds", 5);
        var named = Environment.GetEnvironmentVariable("TRIBUTARY_BENCH_WAREHOUSE");
        await using var server = named is null ? await ThrowawayServer.StartAsync(CancellationToken.None) : null;
        var address = server?.Address ?? new NpgsqlConnectionStringBuilder(named);
        await using var database = Database.At(address, "bench");
        await Migrations.RunAsync(database, CancellationToken.None);
        var ratios = new List<Ratio>();
        ratios.AddRange(await NpmAsync(database, LoadBench.Option(options, "--npm", 8000), rounds));
        ratios.AddRange(await BareAsync(database, address, LoadBench.Option(options, "--mb", 100) * 1_000_000L, rounds));
        return RatioTable.Print(ratios);
    }

    private static async Task<List<Ratio>> NpmAsync(Database database, int resources, int rounds)
    {
        using var folder = BenchFolder.Write(resources * 1250L, 3);
        using var npm = await NpmFhirServer.StartAsync(RepositoryRoot(), folder.File);
        var (read, load, _) = await CompareAsync(database, npm.Base, null, rounds);
        return [new($"npm's FHIR router, {resources} documents", load, read, 0.8)];
    }

    private static async Task<List<Ratio>> BareAsync(Database database, NpgsqlConnectionStringBuilder address, long bytes, int rounds)
    {
        using var folder = BenchFolder.Write(bytes, 1);
        using var pages = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["fhir-serve", folder.File]) // an executable has a path
        { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var root = $"http://127.0.0.1:{await pages.StandardOutput.ReadLineAsync()}/fhir";
        var bare = new BareCopy(folder.File);
        var (read, load, copy) = await CompareAsync(database, root, bare, rounds);
        var memory = await LoadBench.PeakAsync($"memory while loading {bytes / 1_000_000} MB (peak RSS)", address, root);
        pages.StandardInput.Close();
        await pages.WaitForExitAsync();
        // Both share the machine's cores with PostgreSQL: the sum is what one after the other would take, the larger what the slower one needs alone.
        return
        [
            new($"bytes alone, {bare.Rows} documents: to reading", load, read, 0),
            new("bytes alone: to a bare COPY", load, copy, 0),
            new("bytes alone: to reading and COPY in turn", load, read + copy, 0.8),
            memory,
        ];
    }

    private static async Task<(double Read, double Load, double Copy)> CompareAsync(Database database, string root, BareCopy? bare, int rounds)
    {
        var (reads, loads, copies) = (new List<double>(), new List<double>(), new List<double>());
        var reader = new PageReader(root, Count);
        for (var round = 0; round <= rounds; round++)
        {
            await BenchLoads.ExecuteAsync(database, "create schema if not exists bench; drop table if exists bench.limit, bench.fhir; checkpoint");
            reads.Add(await LoadBench.TimeAsync(() => reader.RunAsync()));
            loads.Add(await LoadBench.TimeAsync(() => BenchLoads.OfServer(database, root).LoadAsync("fhir")));
            if (bare is not null)
            {
                await BenchLoads.ExecuteAsync(database, "create table bench.limit (like bench.fhir including all); checkpoint");
                copies.Add(await LoadBench.TimeAsync(() => bare.RunAsync(database, new("bench", "limit"))));
            }
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"round {round}: read {reads[^1]:F2} s, load {loads[^1]:F2} s{(bare is null ? "" : $", bare {copies[^1]:F2} s")}"));
        }
        // The first round warms up compilers and caches.
        return (LoadBench.Median(reads[1..]), LoadBench.Median(loads[1..]), bare is null ? 0 : LoadBench.Median(copies[1..]));
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Tributary.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The bench runs inside the repository.");
    }
}
