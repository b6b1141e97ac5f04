using System.Diagnostics;
using System.Globalization;
using System.Text;
using Tributary.Core.Postgres;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Ingest.Drops;

/// <summary>
/// Kills the loading process with SIGKILL at random moments of several nights, and compares what is there in the end with undisturbed
/// loads; meanwhile a reader sees one whole drop at any time. 6 times, and 30 times in <c>./test long</c>.
/// </summary>
[Requirement("X3", "X4", "K68")]
public sealed class DropChaosTests
{
    private static readonly int Kills = Environment.GetEnvironmentVariable("TRIBUTARY_LONG") is { Length: > 0 } ? 30 : 6;

    private const string Yaml = """
        kind: csv_drops
        path: .
        raw: { schema: kotahi }
        drops: { pattern: "d{timestamp}", quiet: 0s, patience: 0s }
        datasets:
          clients: { key: id, history: true, columns: { id: { type: bigint }, name: } }
          activities:
            disposition: merge
            key: id
            order_by: changed
            history: true
            columns: { id: { type: bigint }, changed: { type: integer }, data: { type: json, repair: true } }
        """;

    private static readonly string[] States =
    [
        "select md5(string_agg(concat_ws('|', id, name, _dropped_at, _line), e'\\n' order by id)), count(*) from kotahi.clients",
        "select md5(string_agg(concat_ws('|', id, changed, data::text, _dropped_at), e'\\n' order by id)), count(*) from kotahi.activities",
        "select md5(string_agg(concat_ws('|', id, name, valid_from, valid_to), e'\\n' order by id, valid_from)), count(*) from kotahi.clients_history where known_to = 'infinity'",
        "select md5(string_agg(concat_ws('|', id, data::text, valid_from, valid_to), e'\\n' order by id, valid_from)), count(*) from kotahi.activities_history where known_to = 'infinity'",
        "select string_agg(concat_ws('|', stream, drop_name, state), ' ' order by stream, drop_name) from tributary.drop_state",
        "select string_agg(concat_ws('|', stream, file, line, byte_offset, reason, status), ' ' order by stream, file, line, reason) from tributary_reject.reject",
        "select string_agg(concat_ws('|', stream, file, lines, rows, rejects), ' ' order by stream, file) from tributary.loaded_file",
    ];

    [Fact]
    public async Task Nights_that_are_killed_at_any_moment_end_like_those_that_were_not()
    {
        var folder = Directory.CreateTempSubdirectory("tributary-chaos-").FullName;
        try
        {
            var file = Path.Combine(folder, "karo.yml");
            await File.WriteAllTextAsync(file, Yaml, TestContext.Current.CancellationToken);
            await using var calm = await TestDatabase.CreateAsync();
            await using var stormy = await TestDatabase.CreateAsync();
            WriteNight(folder, 1);
            await DropHost.RunAsync(calm.Database, file, () => { });
            await DropHost.RunAsync(stormy.Database, file, () => { });
            var watch = TimeProvider.System.GetTimestamp();
            for (var night = 2; night <= 4; night++)
            {
                WriteNight(folder, night);
                await DropHost.RunAsync(calm.Database, file, () => { });
            }
            var length = TimeProvider.System.GetElapsedTime(watch);

            using var over = new CancellationTokenSource();
            var reader = ReadAsync(stormy.Database, over.Token);
            var random = new Random(23);
            for (var kill = 0; kill < Kills; kill++) await KillAsync(stormy, file, length * random.NextDouble());
            await DropHost.RunAsync(stormy.Database, file, () => { });
            await over.CancelAsync();

            Assert.Equal([], await reader);
            foreach (var state in States) Assert.Equal(await calm.LinesAsync(state), await stormy.LinesAsync(state));
            Assert.Equal(["0"], await stormy.LinesAsync("select count(*) from pg_class where relname like '%\\_\\_tmp%'"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // What a reader must never see: no row, or rows of two drops.
    private static async Task<IReadOnlyList<string>> ReadAsync(Database database, CancellationToken over)
    {
        var wrong = new List<string>();
        while (!over.IsCancellationRequested)
        {
            await using var connection = await database.OpenAsync(CancellationToken.None);
            await using var command = new Npgsql.NpgsqlCommand("select count(*) || ' rows of ' || count(distinct _dropped_at) || ' drops' from kotahi.clients having count(*) = 0 or count(distinct _dropped_at) <> 1", connection);
            if (await command.ExecuteScalarAsync(CancellationToken.None) is string found) wrong.Add(found);
        }
        return wrong;
    }

    private static async Task KillAsync(TestDatabase warehouse, string file, TimeSpan after)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["drop-host", warehouse.Address.ConnectionString, file]) { RedirectStandardOutput = true }; // a test executable has a path
        using var child = Process.Start(start)!;
        await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        await Task.Delay(after, TestContext.Current.CancellationToken);
        child.Kill();
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static void WriteNight(string folder, int night)
    {
        var random = new Random(night);
        var below = Path.Combine(folder, $"d2026030{night}");
        Directory.CreateDirectory(below);
        var clients = new StringBuilder("id,name\n");
        for (var i = night * 10; i < 20_000; i++) clients.Append(CultureInfo.InvariantCulture, $"{(i % 997 == 0 ? "bad" : i.ToString(CultureInfo.InvariantCulture))},name {(random.Next(50) == 0 ? night : 0)}\n");
        var activities = new StringBuilder("id,changed,data\n");
        for (var i = 0; i < 5000; i++) activities.Append(CultureInfo.InvariantCulture, $"{random.Next(20_000)},{night * 10 + random.Next(15)},\"{{\"\"n\"\":\"\"{(i % 50 == 0 ? "a \"\"b\"\" c" : "x")} {random.Next(100)}\"\"}}\"\n");
        File.WriteAllText(Path.Combine(below, "clients.csv"), clients.ToString());
        File.WriteAllText(Path.Combine(below, "activities.csv"), activities.ToString());
    }
}
