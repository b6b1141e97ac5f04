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
        await using var warehouse = await TestDatabase.CreateAsync();
        await warehouse.ExecuteAsync("""
            create schema m; create table m.small as select 1 as id;
            create table m.big as select i as id, md5(i::text) as text from generate_series(1, 40000) as i;
            insert into tributary.success (project, target, node, fingerprint, run_id, as_of, succeeded_at)
            select 'chaos', 'dev', 'model.chaos.' || name, 'f', 'r', now(), now() from unnest(array['big', 'small']) as name
            """);
        var folder = Directory.CreateTempSubdirectory("export-chaos");
        var undisturbed = Directory.CreateTempSubdirectory("export-calm");
        var root = Path.Combine(folder.FullName, "out");
        var random = new Random(5);
        for (var kill = 0; kill < Kills; kill++)
        {
            await KillAfterAsync(random.Next(40), warehouse, folder.FullName);
            foreach (var path in Published(root)) AssertWhole(path);
        }
        await ExportHost.RunAsync(warehouse.Database, folder.FullName, new Progress<NodeProgress>());
        await ExportHost.RunAsync(warehouse.Database, undisturbed.FullName, new Progress<NodeProgress>());

        Assert.Equal(["first.zip", "second.zip"], Published(root).Select(Path.GetFileName));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(root, ".partial")));
        foreach (var path in Published(root))
            Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(undisturbed.FullName, "out", Path.GetFileName(path))), await File.ReadAllBytesAsync(path));
        folder.Delete(recursive: true);
        undisturbed.Delete(recursive: true);
    }

    // The signal is a written piece; the kill meets the process somewhere behind it.
    private static async Task KillAfterAsync(int pieces, TestDatabase warehouse, string folder)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["export-host", warehouse.Address.ConnectionString, folder]) { RedirectStandardOutput = true }; // a test executable has a path
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
        using var zip = ZipFile.OpenRead(path);
        using var manifest = new StreamReader(zip.GetEntry(Manifest.FileName)!.Open());
        foreach (var file in Manifest.Parse(Encoding.UTF8.GetBytes(manifest.ReadToEnd()))!.Files)
        {
            using var content = zip.GetEntry(file.File)!.Open();
            Assert.Equal(file.Sha256, Convert.ToHexStringLower(SHA256.HashData(content)));
        }
    }
}
