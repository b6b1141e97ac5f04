using System.Text;
using Npgsql;
using Tributary.Core.Fhir.Views;
using Tributary.Core.Postgres;
using Tributary.Tests.Live.Support;

namespace Tributary.Bench;

/// <summary>
/// Views against the best SQL that we can write by hand for the same rows, turn by turn, table to table, medians; parallel workers and
/// the server's compiler are off for both. Checks that both tables hold the same rows and that the plan scans the raw table once.
/// </summary>
internal static class ViewBench
{
    private const double Required = 1 / 1.1;

    public static async Task<int> RunAsync(string[] options)
    {
        var responses = LoadBench.Option(options, "--responses", 60_000);
        var rounds = LoadBench.Option(options, "--rounds", 5);
        var named = Environment.GetEnvironmentVariable("TRIBUTARY_BENCH_WAREHOUSE");
        await using var server = named is null ? await ThrowawayServer.StartAsync(CancellationToken.None) : null;
        await using var database = Database.At(server?.Address ?? new NpgsqlConnectionStringBuilder(named), "bench");
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await ExecuteAsync(connection, ViewBenchText.Read("generate.sql").Replace("<<responses>>", $"{responses}", StringComparison.Ordinal));
        await ExecuteAsync(connection, "vacuum analyze bench.patient, bench.observation, bench.response");
        await ExecuteAsync(connection, "set max_parallel_workers_per_gather = 0; set jit = off");
        var ratios = new List<Ratio>();
        foreach (var (name, table) in new[] { ("patient", "patient"), ("component", "observation"), ("item", "response") }) ratios.Add(await CompareAsync(connection, name, table, rounds));
        return RatioTable.Print(ratios);
    }

    private static async Task<Ratio> CompareAsync(NpgsqlConnection connection, string name, string table, int rounds)
    {
        var view = ViewDefinitions.Read(Encoding.UTF8.GetBytes(ViewBenchText.Read($"{name}.json")), $"{name}.json");
        var ours = ViewCompiler.Compile(view, new ViewTable($"bench.{table}", Deleted: null), ColumnForm.Table).Sql;
        var best = ViewBenchText.Read($"{name}.sql");
        await CheckAsync(connection, ours, best, table);
        var (mine, theirs) = (new List<double>(), new List<double>());
        for (var round = 0; round <= rounds; round++)
        {
            mine.Add(await LoadBench.TimeAsync(() => ExecuteAsync(connection, $"drop table if exists bench.ours; create unlogged table bench.ours as {ours}")));
            theirs.Add(await LoadBench.TimeAsync(() => ExecuteAsync(connection, $"drop table if exists bench.best; create unlogged table bench.best as {best}")));
        }
        // The first round warms up caches.
        return new Ratio($"view {name} against SQL by hand", LoadBench.Median(mine[1..]), LoadBench.Median(theirs[1..]), Required);
    }

    private static async Task CheckAsync(NpgsqlConnection connection, string ours, string best, string table)
    {
        await using var differing = new NpgsqlCommand($"select count(*) from ((table a except all table b) union all (table b except all table a)) as d"
            .Replace("table a", $"select * from ({ours}) as a", StringComparison.Ordinal).Replace("table b", $"select * from ({best}) as b", StringComparison.Ordinal), connection)
        { CommandTimeout = 0 };
        if (await differing.ExecuteScalarAsync() is not 0L) throw new InvalidOperationException($"The view over {table} and the SQL by hand make different rows.");
        await using var explain = new NpgsqlCommand($"explain {ours}", connection);
        await using var reader = await explain.ExecuteReaderAsync();
        var scans = 0;
        while (await reader.ReadAsync()) scans += reader.GetString(0).Contains($"Scan on {table}", StringComparison.Ordinal) ? 1 : 0;
        if (scans != 1) throw new InvalidOperationException($"The plan scans {table} {scans} times.");
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }
}
