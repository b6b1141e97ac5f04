using System.Diagnostics;
using System.Text;
using Tributary.Core.Graph;
using Tributary.Core.Ingest;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Ingest;

/// <summary>
/// Kills the loading process with SIGKILL, again and again, and compares what is there in the end with an undisturbed load:
/// 4 times, and 20 times in <c>./test long</c>.
/// </summary>
[Requirement("X3", "X4")]
public sealed class ChaosTests
{
    private static readonly int Kills = Environment.GetEnvironmentVariable("TRIBUTARY_LONG") is { Length: > 0 } ? 20 : 4;

    private const string State = """
        select 'row', md5(string_agg(concat_ws('|', id, document::text, _version, _deleted), e'\n' order by id, document::text)), count(*) from raw.patient
        union all select 'file', md5(string_agg(concat_ws('|', file, bytes, sha256, lines, rows, rejects), e'\n' order by file)), count(*) from tributary.loaded_file
        union all select 'reject', md5(string_agg(concat_ws('|', file, line, byte_offset, reason), e'\n' order by file, line)), count(*) from tributary_reject.reject
        """;

    private const string Versions = """
        select md5(string_agg(concat_ws('|', id, _version, document::text, valid_from, valid_to), e'\n' order by id, valid_from, _version)), count(*)
        from raw.patient_history where known_to = 'infinity' and valid_from < valid_to
        """;

    [Theory]
    [InlineData(Disposition.Merge, false)]
    [InlineData(Disposition.Merge, true)]
    [InlineData(Disposition.Append, false)]
    [InlineData(Disposition.Replace, false)]
    public async Task A_load_that_is_killed_at_any_moment_ends_like_one_that_was_not(Disposition disposition, bool history)
    {
        await using var drop = await Drop.CreateAsync();
        WriteFiles(drop);
        await using var other = await TestDatabase.CreateAsync();
        await LoadHost.RunAsync(drop.Warehouse.Database, drop.Folder, disposition, history, new Progress<NodeProgress>());
        var random = new Random(disposition.GetHashCode() + (history ? 100 : 0));

        for (var kill = 0; kill < Kills; kill++) await KillAfterAsync(random.Next(12), other, drop.Folder, disposition, history);
        await LoadHost.RunAsync(other.Database, drop.Folder, disposition, history, new Progress<NodeProgress>());

        Assert.Equal(await drop.Warehouse.LinesAsync(State), await other.LinesAsync(State));
        if (history) Assert.Equal(await drop.Warehouse.LinesAsync(Versions), await other.LinesAsync(Versions));
        var loads = await other.LinesAsync("select count(*), max(load), (select load from tributary.checkpoint) from tributary.load");
        Assert.Single(loads[0].Split('|').Distinct());
    }

    // The signal is a committed batch; the kill meets the process somewhere in the next ones.
    private static async Task KillAfterAsync(int batches, TestDatabase warehouse, string folder, Disposition disposition, bool history)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, // a test executable has a path
            ["load-host", warehouse.Address.ConnectionString, folder, disposition.ToString(), history.ToString()])
        { RedirectStandardOutput = true };
        using var child = Process.Start(start)!;
        for (var batch = 0; batch <= batches; batch++)
        {
            if (await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is null or "done") break;
        }
        child.Kill();
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    // Versions that come in any order, keys in several files, bad lines, a packed file.
    private static void WriteFiles(Drop drop)
    {
        var random = new Random(17);
        foreach (var file in new[] { "Patient.0.ndjson", "Patient.1.ndjson.gz", "sub/Patient-2.ndjson" })
        {
            var lines = Enumerable.Range(0, 1500).Select(i => i % 200 == 13 ? "bad" : Line(random)).ToArray();
            drop.Write(file, lines);
        }
    }

    private static string Line(Random random)
    {
        var version = random.Next(1, 9);
        var id = random.Next(1200);
        return Drop.Patient($"p{id}", $"2025-01-0{version}T00:00:00Z", $"{version}", new StringBuilder().Insert(0, "note ", 40).Append(id * 10 + version).ToString());
    }
}
