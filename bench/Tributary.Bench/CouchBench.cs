using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Npgsql;
using Tributary.Connectors;
using Tributary.Core.Graph;
using Tributary.Core.Ingest;
using Tributary.Core.Postgres;
using Tributary.Core.Text;
using Tributary.Tests.Live.Support;

namespace Tributary.Bench;

/// <summary>
/// The first copy of a database: from a feed that lies in memory, against a bare COPY of the same documents into the same keyed table; with
/// <c>--url</c> from a server's database, against reading that feed and throwing it away; and the peak of memory with documents of 1 MB.
/// </summary>
internal static class CouchBench
{
    private const string Database = "medic";

    public static async Task<int> RunAsync(string[] options)
    {
        var rounds = LoadBench.Option(options, "--rounds", 3);
        var named = Environment.GetEnvironmentVariable("TRIBUTARY_BENCH_WAREHOUSE");
        await using var server = named is null ? await ThrowawayServer.StartAsync(CancellationToken.None) : null;
        var address = server?.Address ?? new NpgsqlConnectionStringBuilder(named);
        await using var database = Core.Postgres.Database.At(address, "bench");
        await Migrations.RunAsync(database, CancellationToken.None);
        var ratios = new List<Ratio> { await SpeedAsync(database, LoadBench.Option(options, "--documents", 60_000), rounds) };
        if (Array.IndexOf(options, "--url") is var at and >= 0) ratios.Add(await AgainstReaderAsync(database, options[at + 1], rounds));
        ratios.Add(await MemoryAsync(address, LoadBench.Option(options, "--large", 1000)));
        return RatioTable.Print(ratios);
    }

    /// <summary>The child that is measured: prints documents and the peak of its memory in MB.</summary>
    public static async Task<int> OnceAsync(string server, string url)
    {
        await using var database = Core.Postgres.Database.At(new NpgsqlConnectionStringBuilder(server), "bench");
        var documents = await LoadAsync(database, url, "large");
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{documents} {process.PeakWorkingSet64 / 1e6:F0}"));
        return 0;
    }

    private static async Task<Ratio> SpeedAsync(Database database, int documents, int rounds)
    {
        using var feed = new PreparedFeed(documents, 1800);
        var (limits, loads) = (new List<double>(), new List<double>());
        for (var round = 0; round <= rounds; round++)
        {
            await BenchLoads.ExecuteAsync(database, "create schema if not exists bench; drop table if exists bench.couch, bench.bare; checkpoint");
            loads.Add(await LoadBench.TimeAsync(() => LoadAsync(database, feed.Url, "couch")));
            await BenchLoads.ExecuteAsync(database, "create table bench.bare (like bench.couch including all); checkpoint");
            limits.Add(await LoadBench.TimeAsync(() => CopyAsync(database, feed)));
            Say($"round {round}: bare {documents / limits[^1]:F0} documents/s, first copy {documents / loads[^1]:F0}");
        }
        // The first round warms up compilers and caches.
        return new($"first copy, {documents} documents of 1.8 KB from memory", LoadBench.Median(loads[1..]), LoadBench.Median(limits[1..]), 0.8);
    }

    private static async Task<Ratio> AgainstReaderAsync(Database database, string url, int rounds)
    {
        var (reads, loads, documents) = (new List<double>(), new List<double>(), 0L);
        for (var round = 0; round <= rounds; round++)
        {
            await BenchLoads.ExecuteAsync(database, "drop table if exists bench.real; checkpoint");
            loads.Add(await LoadBench.TimeAsync(async () => documents = await LoadAsync(database, url, "real")));
            reads.Add(await LoadBench.TimeAsync(() => ThrowAwayAsync(url)));
            Say($"round {round}: read and thrown away {documents / reads[^1]:F0} documents/s, first copy {documents / loads[^1]:F0}");
        }
        return new($"first copy, {documents} documents of a server", LoadBench.Median(loads[1..]), LoadBench.Median(reads[1..]), 0.8);
    }

    private static async Task<Ratio> MemoryAsync(NpgsqlConnectionStringBuilder address, int documents)
    {
        using var feed = new PreparedFeed(documents, 1_000_000);
        using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["couch-once", address.ConnectionString, feed.Url]) { RedirectStandardOutput = true })!; // an executable has a path
        var result = (await child.StandardOutput.ReadToEndAsync()).Split(' ');
        await child.WaitForExitAsync();
        return new Ratio($"memory with {result[0]} documents of 1 MB (peak RSS)", double.Parse(result[1], CultureInfo.InvariantCulture), 250, 1, "MB");
    }

    private static async Task<long> LoadAsync(Database database, string url, string table)
    {
        var load = new LoadSettings(new RawSettings(new("_id", "doc", "saved_timestamp", "source"), "bench", table), new(16_000_000), new(8_000_000));
        var source = new CouchDb(
            table, "/", new("bench.yml"), url, new Dictionary<string, StreamSettings?> { [Database] = null }, load, [], [],
            TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5), new ByteSize(32_000_000));
        var context = await LooseRun.ContextAsync(database, "bench", DateTimeOffset.UnixEpoch, "bench");
        var outcome = await IngestNode.Of(source.ListStreams()[0], "bench").RunAsync(context, CancellationToken.None);
        return ((Outcome.Succeeded)outcome).Counts.Inserted;
    }

    // The limit: documents, keys and hashes are known beforehand, one COPY, one transaction.
    private static async Task CopyAsync(Database database, PreparedFeed feed)
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await using var copy = await BinaryCopy.BeginAsync(
            connection, new("bench", "bare"), ["_id", "doc", "saved_timestamp", "_version", "_load", "_deleted", "_hash", "source"], CancellationToken.None);
        var (document, hash) = (new byte[feed.LargestRow], new byte[16]);
        for (var number = 1; number <= feed.Documents; number++)
        {
            copy.StartRow();
            copy.Text(PreparedFeed.IdOf(number));
            copy.Jsonb(document.AsSpan(0, feed.WriteDocument(number, document)));
            copy.Timestamp(DateTimeOffset.UnixEpoch);
            copy.Text("1-00000000000000000000000000000000"u8);
            copy.Bigint(1);
            copy.Boolean(false);
            copy.Bytes(hash);
            copy.Text("127.0.0.1/medic"u8);
            if (copy.IsFull) await copy.FlushAsync(CancellationToken.None);
        }
        await copy.CompleteAsync(CancellationToken.None);
    }

    // Pages of 10,000 as a reader asks for them who does nothing else.
    private static async Task ThrowAwayAsync(string url)
    {
        using var client = new HttpClient();
        var buffer = new byte[1 << 20];
        for (var since = "0"; ;)
        {
            using var response = await client.GetAsync(new Uri($"{url}/{Database}/_changes?include_docs=true&limit=10000&seq_interval=10000&since={Uri.EscapeDataString(since)}"), HttpCompletionOption.ResponseHeadersRead);
            await using var content = await response.Content.ReadAsStreamAsync();
            var (kept, total) = (0, 0L);
            for (int read; (read = await content.ReadAsync(buffer.AsMemory(kept))) > 0;)
            {
                total += read;
                var end = kept + read;
                kept = Math.Min(end, 2000); // the end of the page names the next
                buffer.AsSpan(end - kept, kept).CopyTo(buffer);
            }
            var tail = Encoding.UTF8.GetString(buffer, 0, kept);
            var last = JsonDocument.Parse("{" + tail[tail.LastIndexOf("\"last_seq\"", StringComparison.Ordinal)..]).RootElement.GetProperty("last_seq");
            var next = last.ValueKind == JsonValueKind.String ? last.GetString()! : last.GetRawText();
            if (next == since || total < 1000) return;
            since = next;
        }
    }

    private static void Say(string text) => Console.Error.WriteLine(text);
}
