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

namespace Tributary.Bench;

/// <summary>
/// Appointments of another database into a raw table, without and with a key, against <c>psql \copy</c> of the same query to a file, turn by turn,
/// medians; and forms looked up by the keys of care plans, 500 a batch, against one <c>\copy</c> of all of them.
/// </summary>
internal static class SqlBench
{
    private const string Query = "select * from appointments where visit_date between '2025-01-01' and '2025-12-31'";

    public static async Task<int> RunAsync(string[] options)
    {
        var rows = LoadBench.Option(options, "--rows", 2_000_000);
        var rounds = LoadBench.Option(options, "--rounds", 3);
        await using var server = await ThrowawayServer.StartAsync(CancellationToken.None);
        await using var database = Database.At(server.Address, "bench");
        await Migrations.RunAsync(database, CancellationToken.None);
        await FillAsync(database, rows);
        var file = Path.GetTempFileName();
        try
        {
            var (limits, bare, loads, formLimits, lookUps) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
            using var self = Process.GetCurrentProcess();
            for (var round = 0; round <= rounds; round++)
            {
                await ResetAsync(database);
                limits.Add(await LoadBench.TimeAsync(() => CopyAsync(server.Address, Query, file)));
                var before = self.TotalProcessorTime;
                bare.Add(await LoadBench.TimeAsync(() => LoadAsync(database, server.Address, "bare")));
                self.Refresh();
                var own = (self.TotalProcessorTime - before).TotalSeconds;
                loads.Add(await LoadBench.TimeAsync(() => LoadAsync(database, server.Address, "appointments")));
                formLimits.Add(await LoadBench.TimeAsync(() => CopyAsync(server.Address, "select * from forms", file)));
                lookUps.Add(await LoadBench.TimeAsync(() => LoadAsync(database, server.Address, "forms")));
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round}: \\copy {limits[^1]:F2} s, load {bare[^1]:F2} s (own CPU {own:F2} s), with its key {loads[^1]:F2} s; forms: \\copy {formLimits[^1]:F2} s, by keys {lookUps[^1]:F2} s"));
            }
            await ResetAsync(database);
            // The first round warms up compilers and caches.
            return RatioTable.Print([
                new($"{rows} appointments, at least 0.7 of \\copy", LoadBench.Median(bare[1..]), LoadBench.Median(limits[1..]), 0.7),
                new("the same with a primary key (no limit set)", LoadBench.Median(loads[1..]), LoadBench.Median(limits[1..]), 0),
                new($"{rows / 4} forms by keys, 500 a batch (no limit set)", LoadBench.Median(lookUps[1..]), LoadBench.Median(formLimits[1..]), 0),
                new("memory of both (peak RSS)", await MemoryAsync(server.Address), 250, 1, "MB"),
            ]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Both loads in a process of their own: prints megabytes.</summary>
    public static async Task<int> OnceAsync(string server)
    {
        var address = new NpgsqlConnectionStringBuilder(server);
        await using var database = Database.At(address, "bench");
        await LoadAsync(database, address, "appointments");
        await LoadAsync(database, address, "forms");
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{self.PeakWorkingSet64 / 1e6:F1}"));
        return 0;
    }

    private static Task<int> FillAsync(Database database, long rows) => BenchLoads.ExecuteAsync(database, $"""
        create table appointments as
        select n as id, n / 8 as care_plan_id, (array['CA','NY','TX','CO'])[1 + n % 4] as state, (array['neck','knee','hip','lower_back'])[1 + n % 4] as body_part,
            date '2025-01-01' + (n % 365)::int as visit_date, timestamp '2025-01-01' + n * interval '13 seconds' as updated_at, 'visit note of some length ' || n as note,
            (n % 97)::numeric / 10 as charge, n % 3 = 0 as is_last, md5(n::text)::uuid as patient
        from generate_series(1, {rows}) n;
        alter table appointments add primary key (id);
        create table forms as select n as id, n / 2 as care_plan_id, 'NDI' as instrument, n % 50 as score, timestamp '2025-01-01' + n * interval '60 seconds' as filled_at, 'answers ' || n as answers from generate_series(1, {rows / 4}) n;
        create index on forms (care_plan_id);
        create schema keys; create table keys.plans as select generate_series(0, {rows / 8}) as plan;
        analyze
        """);

    private static Task<int> ResetAsync(Database database) => BenchLoads.ExecuteAsync(database, """
        drop schema if exists bench cascade; create schema bench; delete from tributary.checkpoint; delete from tributary.load; delete from tributary.success; checkpoint
        """);

    private static async Task CopyAsync(NpgsqlConnectionStringBuilder address, string query, string file)
    {
        var start = await PsqlProgram.CommandAsync(address, ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", $"\\copy ({query}) to '{file}' with (format csv, header)"], CancellationToken.None);
        using var psql = Process.Start(start)!; // psql is there
        await psql.WaitForExitAsync();
        if (psql.ExitCode != 0) throw new InvalidOperationException("psql refused the query.");
    }

    private static async Task LoadAsync(Database database, NpgsqlConnectionStringBuilder address, string stream)
    {
        var text = $$"""
            kind: sql_database
            host: {{address.Host}}
            port: {{address.Port}}
            database: {{address.Database}}
            user: {{address.Username}}
            password: ${PASSWORD}
            allow_superuser: true
            raw: { schema: bench }
            streams:
              bare: { query: "{{Query}}" }
              appointments: { query: "{{Query}}", key: id }
              forms: { query: "select * from forms where care_plan_id in (:keys)", key: id, keys: { query: select plan from keys.plans } }
            """;
        var given = new Dictionary<string, object?> { ["name"] = "pps", ["project_folder"] = "/" };
        var source = new Binder(new EnvironmentVariables(_ => address.Password ?? ""), new KindCatalog(typeof(SqlDatabase).Assembly)).Read<Source>(YamlFile.Parse(text, "bench.yml"), given);
        var context = await LooseRun.ContextAsync(database, "bench", TimeProvider.System.GetUtcNow(), "bench");
        await IngestNode.Of(source.ListStreams().Single(one => one.Name == stream), "bench").RunAsync(context, CancellationToken.None);
    }

    private static async Task<double> MemoryAsync(NpgsqlConnectionStringBuilder address)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["sql-once", address.ConnectionString]) { RedirectStandardOutput = true }; // an executable has a path
        using var child = Process.Start(start)!;
        var megabytes = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        return double.Parse(megabytes, CultureInfo.InvariantCulture);
    }
}
