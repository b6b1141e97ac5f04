using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Tributary.Core.Exports;
using Tributary.Core.Graph;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Exports;

/// <summary>
/// Kills the exporting process with SIGKILL, again and again: after each kill whatever has a final name is whole, and in the end all is as after an
/// undisturbed export. 6 times, and 40 times in <c>./test long</c>.
/// </summary>
[Requirement("X3", "X4", "E45")]
public sealed class ExportChaosTests
{
    private static readonly int Kills = Environment.GetEnvironmentVariable("TRIBUTARY_LONG") is { Length: > 0 } ? 40 : 6;

    [Fact]
    public async Task An_export_that_is_killed_at_any_moment_leaves_no_half_file_and_ends_like_one_that_was_not()
    {
        await using var warehouse = await WarehouseAsync(rows: 40_000);
        var folder = Directory.CreateTempSubdirectory("export-chaos");
        var undisturbed = Directory.CreateTempSubdirectory("export-calm");
        var root = Path.Combine(folder.FullName, "out");
        var random = new Random(5);
        for (var kill = 0; kill < Kills; kill++)
        {
            await KillAfterAsync(random.Next(40), warehouse, folder.FullName);
            foreach (var path in Published(root)) AssertWhole(path);
        }
        await ExportHost.RunAsync(warehouse.Database, ExportHost.InFolder(folder.FullName), new Progress<NodeProgress>());
        await ExportHost.RunAsync(warehouse.Database, ExportHost.InFolder(undisturbed.FullName), new Progress<NodeProgress>());

        Assert.Equal(["first.zip", "second.zip"], Published(root).Select(Path.GetFileName));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(root, ".partial")));
        foreach (var path in Published(root))
            Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(undisturbed.FullName, "out", Path.GetFileName(path))), await File.ReadAllBytesAsync(path));
        folder.Delete(recursive: true);
        undisturbed.Delete(recursive: true);
    }

    [Fact]
    public async Task An_upload_that_is_killed_shows_nothing_and_the_next_run_cleans_up_and_delivers()
    {
        await using var warehouse = await WarehouseAsync(rows: 400_000);
        var bucket = await TestS3.CreateBucketAsync("chaos");
        var keys = bucket.Connection;
        string[] place = [keys.Endpoint!, bucket.Name, keys.AccessKey!.Reveal(), keys.SecretKey!.Reveal()]; // the test server's has them all
        var random = new Random(5);
        var begun = 0;
        for (var kill = 0; kill < Math.Max(4, Kills / 4); kill++)
        {
            await KillAfterAsync(60 + random.Next(120), warehouse, place);
            begun += (await S3FaultTests.UploadsAsync(bucket)).Count;
            foreach (var name in await S3FaultTests.NamesAsync(bucket))
            {
                await using var file = await TestS3.DestinationOf(bucket).OpenReadAsync(name, TestContext.Current.CancellationToken);
                AssertWhole(file);
            }
        }
        Assert.True(begun > 0, "no kill met an upload in parts");
        await ExportHost.RunAsync(warehouse.Database, TestS3.DestinationOf(bucket) with { Name = "local" }, new Progress<NodeProgress>());
        Assert.Equal(["first.zip", "second.zip"], await S3FaultTests.NamesAsync(bucket));
        Assert.Empty(await S3FaultTests.UploadsAsync(bucket));
        Assert.Equal(2L, await warehouse.ScalarAsync<long>("select count(distinct name) from tributary.delivery"));
    }

    private static async Task<TestDatabase> WarehouseAsync(int rows)
    {
        var warehouse = await TestDatabase.CreateAsync();
        await warehouse.ExecuteAsync($"""
            create schema m; create table m.small as select 1 as id;
            create table m.big as select i as id, md5(i::text) as text from generate_series(1, {rows}) as i;
            insert into tributary.success (project, target, node, fingerprint, run_id, as_of, succeeded_at)
            select 'chaos', 'dev', 'model.chaos.' || name, 'f', 'r', now(), now() from unnest(array['big', 'small']) as name
            """);
        return warehouse;
    }

    // The signal is a written piece; the kill meets the process somewhere behind it.
    private static async Task KillAfterAsync(int pieces, TestDatabase warehouse, params string[] place)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["export-host", warehouse.Address.ConnectionString, .. place]) { RedirectStandardOutput = true }; // a test executable has a path
        using var child = Process.Start(start)!;
        for (var piece = 0; piece <= pieces; piece++)
        {
            if (await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is null or "done") break;
        }
        child.Kill();
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static List<string> Published(string root) =>
        Directory.Exists(root) ? [.. Directory.EnumerateFiles(root).Order(StringComparer.Ordinal)] : [];

    private static void AssertWhole(string path)
    {
        using var file = File.OpenRead(path);
        AssertWhole(file);
    }

    private static void AssertWhole(Stream export)
    {
        using var zip = new ZipArchive(export, ZipArchiveMode.Read);
        using var manifest = new StreamReader(zip.GetEntry(Manifest.FileName)!.Open());
        foreach (var file in Manifest.Parse(Encoding.UTF8.GetBytes(manifest.ReadToEnd()))!.Files)
        {
            using var content = zip.GetEntry(file.File)!.Open();
            Assert.Equal(file.Sha256, Convert.ToHexStringLower(SHA256.HashData(content)));
        }
    }
}
