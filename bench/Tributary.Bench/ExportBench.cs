using System.Globalization;
using System.IO.Compression;
using Npgsql;
using Tributary.Core.Postgres;
using Tributary.Tests.Live.Support;

namespace Tributary.Bench;

/// <summary>
/// An export of one table against a bare <c>COPY … TO STDOUT</c> with the same order, written through the same ZIP library at the same
/// level, turn by turn, medians. The export also escapes formulas, ends rows as RFC 4180 says, hashes twice and makes the file durable.
/// </summary>
internal static class ExportBench
{
    /// <summary>What an export orders by when it is not told: all columns, text by its bytes.</summary>
    private const string Copy = """
        copy (select id, patient_id, name, note, at, score, count, is_done from bench.answers
              order by id::text collate "C", patient_id::text collate "C", name::text collate "C", note::text collate "C", at, score, count, is_done, score::text collate "C")
        to stdout (format csv, header)
        """;

    private const string Table = """
        create schema if not exists bench;
        drop table if exists bench.answers;
        create table bench.answers as
        select md5(i::text) as id, md5((i % 40000)::text) as patient_id, (array['Ada','Grace','Linus','-','Edsger "E" Dijkstra'])[1 + i % 5] || ' ' || i % 997 as name,
               case when i % 3 = 0 then 'several days, said on ' || i end as note, timestamptz '2025-01-01' + i * interval '7 seconds' as at,
               (i % 2700) / 100.0 as score, i % 27 as count, i % 2 = 0 as is_done
        from generate_series(1, {rows}) as i order by md5(i::text || 'x');
        """;

    public static async Task<int> RunAsync(string[] options)
    {
        var rows = LoadBench.Option(options, "--rows", 500_000);
        var rounds = LoadBench.Option(options, "--rounds", 5);
        await using var server = Environment.GetEnvironmentVariable("TRIBUTARY_BENCH_WAREHOUSE") is null ? await ThrowawayServer.StartAsync(CancellationToken.None) : null;
        var address = server?.Address ?? new NpgsqlConnectionStringBuilder(Environment.GetEnvironmentVariable("TRIBUTARY_BENCH_WAREHOUSE"));
        await using var database = Database.At(address, "bench");
        await Migrations.RunAsync(database, CancellationToken.None);
        await BenchLoads.ExecuteAsync(database, Table.Replace("{rows}", $"{rows}", StringComparison.Ordinal) + "analyze bench.answers;");
        var folder = Directory.CreateTempSubdirectory("tributary-bench");
        try
        {
            return RatioTable.Print([await SpeedAsync(database, folder.FullName, rows, rounds)]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Ratio> SpeedAsync(Database database, string folder, int rows, int rounds)
    {
        var (limits, exports) = (new List<double>(), new List<double>());
        for (var round = 0; round <= rounds; round++)
        {
            exports.Add(await LoadBench.TimeAsync(() => BenchExports.RunAsync(database, folder, round)));
            limits.Add(await LoadBench.TimeAsync(() => BareAsync(database, Path.Combine(folder, $"bare{round}.zip"))));
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round}: bare {limits[^1]:F2} s, export {exports[^1]:F2} s"));
        }
        // The first round warms up compilers and caches.
        return new Ratio($"export of {rows} rows", LoadBench.Median(exports[1..]), LoadBench.Median(limits[1..]), 0.9);
    }

    private static async Task BareAsync(Database database, string path)
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 64 * 1024, useAsync: true);
        await using var zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null);
        await using var entry = await zip.CreateEntry("answers.csv", CompressionLevel.Optimal).OpenAsync();
        await using var copy = await CopyOut.OpenAsync(connection, Copy, CancellationToken.None);
        await copy.CopyToAsync(entry, 128 * 1024);
    }
}
