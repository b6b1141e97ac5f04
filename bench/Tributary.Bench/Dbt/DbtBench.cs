using System.Globalization;
using System.Text.Json;
using Npgsql;
using Tributary.Tests.Live.Support;

namespace Tributary.Bench.Dbt;

/// <summary>
/// A synthetic dbt project of 600 models and 600 tests, each verb in a process of its own. What PostgreSQL decides is measured
/// against psql sending the same statements in the same rounds; what the program decides, against a time. Medians.
/// </summary>
internal sealed class DbtBench(NpgsqlConnectionStringBuilder address, string folder, int rounds)
{
    private const int Threads = 4;
    private const string PasswordVariable = "TRIBUTARY_BENCH_PASSWORD";
    private const string Large = "large ";
    private const string One = "marts_0001";

    private readonly Dictionary<string, List<double>> times = [];
    private readonly Dictionary<string, double> megabytes = [];
    private readonly Dictionary<string, List<double>> processor = [];

    public static async Task<int> RunAsync(string[] options)
    {
        await using var server = await ThrowawayServer.StartAsync(CancellationToken.None);
        await ExecuteAsync(server.Address, $"create role bench login password '{server.Address.Password}'");
        await ExecuteAsync(server.Address, "create database bench owner bench");
        var address = new NpgsqlConnectionStringBuilder(server.Address.ConnectionString) { Database = "bench", Username = "bench" };
        var folder = Directory.CreateTempSubdirectory("tributary-bench-dbt");
        try
        {
            return await new DbtBench(address, folder.FullName, LoadBench.Option(options, "--rounds", 5)).RunAsync(LoadBench.Option(options, "--models", 600));
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private async Task<int> RunAsync(int models)
    {
        var plain = SyntheticProject.Write(Path.Combine(folder, "plain"), models);
        plain.WriteSeed();
        plain.Write("profiles.yml", Profiles("plain"));
        var own = SyntheticProject.Write(Path.Combine(folder, "own"), models, onSeeds: true);
        own.Write("tributary.yml", $"config_version: 1\nname: own\nschema: own\nwarehouse: {{host: {address.Host}, port: {address.Port}, database: bench, user: bench, password: '${{{PasswordVariable}}}'}}\n");
        Environment.SetEnvironmentVariable(PasswordVariable, address.Password);
        var large = SyntheticProject.Write(Path.Combine(folder, "large"), 5000);
        large.Write("profiles.yml", Profiles("large"));

        await ExecuteAsync(address, SyntheticProject.SourceTables);
        await ProgramCall.RunAsync(plain.Folder, "compile");
        await ProgramCall.RunAsync(own.Folder, "build");
        await using var sessions = await PsqlSessions.OpenAsync(address, Threads);
        await using var single = await PsqlSessions.OpenAsync(address, 1);
        var floor = new Floor(plain);
        for (var round = 0; round < rounds; round++)
        {
            await ReadAsync(plain.Folder);
            await TimeAsync("nothing", own.Folder, "build");
            await BuildAsync(plain.Folder, floor, sessions, single);
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round + 1} of {rounds}: run {times["run"][^1]:F2} s, psql {times["psql run"][^1]:F2} s"));
        }
        await ReadAsync(large.Folder, Large);
        foreach (var (name, peak) in megabytes)
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {peak:F0} MB at most, {LoadBench.Median(processor[name]):F2} s of the processors"));
        return RatioTable.Print(Table(models));
    }

    /// <summary>The verbs that do not build anything.</summary>
    private async Task ReadAsync(string project, string prefix = "")
    {
        var kept = Path.Combine(project, ".tributary");
        if (Directory.Exists(kept)) Directory.Delete(kept, recursive: true);
        await TimeAsync(prefix + "cold", project, "parse");
        await TimeAsync(prefix + "warm", project, "parse");
        await TimeAsync(prefix + "ls", project, "ls", "--select", One);
        if (prefix.Length == 0) await TimeAsync("compile", project, "compile");
    }

    private async Task BuildAsync(string project, Floor floor, PsqlSessions sessions, PsqlSessions single)
    {
        await EmptyAsync();
        Add("psql run", await LoadBench.TimeAsync(() => SendAsync(sessions, floor.Layers)));
        Add("psql again", await LoadBench.TimeAsync(() => SendAsync(sessions, floor.Replacements)));
        Add("psql test", await LoadBench.TimeAsync(() => single.RunAsync(floor.Tests)));
        Add("psql seed", await LoadBench.TimeAsync(() => single.RunAsync(floor.Seed)));
        await EmptyAsync();
        await TimeAsync("run", project, "run", "--threads", $"{Threads}");
        await TimeAsync("run again", project, "run", "--threads", $"{Threads}");
        Add("statements again", Span(await ProgramCall.RunAsync(project, "run", "--threads", $"{Threads}", "--json")));
        await EmptyAsync();
        Add("statements", Span(await ProgramCall.RunAsync(project, "run", "--threads", $"{Threads}", "--json")));
        await TimeAsync("test", project, "test", "--threads", $"{Threads}");
        await TimeAsync("seed", project, "seed");
    }

    private Task EmptyAsync() => ExecuteAsync(address, "drop schema if exists plain cascade; create schema plain");

    private static async Task SendAsync(PsqlSessions sessions, IReadOnlyList<IReadOnlyList<string>> layers)
    {
        foreach (var layer in layers) await sessions.RunAsync(layer);
    }

    private IReadOnlyList<Ratio> Table(int models)
    {
        var run = Median("psql run");
        return
        [
            new($"parse, cold, {models} models", Median("cold"), 0.8, 1),
            new("parse, warm", Median("warm"), 0.25, 1),
            new("ls of one model, warm", Median("ls"), 0.3, 1),
            new("compile of all, warm", Median("compile"), 1.5, 1),
            new("build with nothing changed", Median("nothing"), 1, 1),
            new("run, first to last statement, over psql x 4", Median("statements"), run, 1 / 1.15),
            new("the same again, over psql that exchanges", Median("statements again"), Median("psql again"), 1 / 1.15),
            new("run, in all, over psql x 4 + 0.5 s", Median("run"), run + 0.5, 1),
            new("run again, in all, over psql x 4 + 0.5 s", Median("run again"), run + 0.5, 1),
            new("tests, in all, over one psql + 0.5 s", Median("test"), Median("psql test") + 0.5, 1),
            new("seed of 115,000 rows, over COPY + 0.4 s", Median("seed"), Median("psql seed") + 0.4, 1),
            new("parse, cold, 5000 models", Median(Large + "cold"), 5, 1),
            new("parse, warm, 5000 models", Median(Large + "warm"), 1, 1),
            new($"memory, {models} models (peak RSS)", Peak(name => !name.StartsWith(Large, StringComparison.Ordinal)), 200, 1, "MB"),
            new("memory, 5000 models (peak RSS)", Peak(name => name.StartsWith(Large, StringComparison.Ordinal)), 600, 1, "MB"),
        ];
    }

    private async Task TimeAsync(string name, string project, params string[] arguments)
    {
        var call = await ProgramCall.RunAsync(project, arguments);
        megabytes[name] = Math.Max(megabytes.GetValueOrDefault(name), call.Megabytes);
        Add(name, call.Seconds);
        Add(processor, name, call.ProcessorSeconds);
    }

    private void Add(string name, double seconds) => Add(times, name, seconds);

    private static void Add(Dictionary<string, List<double>> lists, string name, double seconds)
    {
        if (!lists.TryGetValue(name, out var list)) lists[name] = list = [];
        list.Add(seconds);
    }

    private double Peak(Func<string, bool> counts) => megabytes.Where(entry => counts(entry.Key)).Max(entry => entry.Value);

    private double Median(string name) => LoadBench.Median(times[name]);

    /// <summary>From the first step's begin to the last one's end.</summary>
    private static double Span(ProgramCall call)
    {
        using var document = JsonDocument.Parse(call.Output);
        var steps = document.RootElement.GetProperty("steps").EnumerateArray().ToList();
        return (steps.Max(step => step.GetProperty("finished_at").GetDateTimeOffset()) - steps.Min(step => step.GetProperty("started_at").GetDateTimeOffset())).TotalSeconds;
    }

    private string Profiles(string schema) =>
        $"shop: {{target: dev, outputs: {{dev: {{type: postgres, host: {address.Host}, port: {address.Port}, user: bench, password: {address.Password}, dbname: bench, schema: {schema}, threads: {Threads}}}}}}}\n";

    private static async Task ExecuteAsync(NpgsqlConnectionStringBuilder address, string sql)
    {
        await using var connection = new NpgsqlConnection(address.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
