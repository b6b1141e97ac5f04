using System.IO.Compression;
using System.Text;
using Tributary.Connectors;
using Tributary.Core.Graph;
using Tributary.Core.Ingest;
using Tributary.Core.Ingest.Drops;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;
using Tributary.Core.Text.Yaml;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Ingest.Drops;

/// <summary>A folder of drops, a warehouse, and the loads from one to the other as a source's YAML says.</summary>
internal sealed class DropWorld : IAsyncDisposable
{
    private static readonly DateTime Written = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private DropWorld(TestDatabase warehouse, string folder) => (Warehouse, Folder) = (warehouse, folder);

    public TestDatabase Warehouse { get; }

    public string Folder { get; }

    /// <summary>The source's file; what is in it by <c>path</c> comes from here.</summary>
    public string Yaml { get; set; } = "";

    /// <summary>What the YAML's variables stand for.</summary>
    public Dictionary<string, string?> Environment { get; } = [];

    /// <summary>When the runs of this world are: long after the files were written.</summary>
    public DateTimeOffset Now { get; set; } = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task<DropWorld> CreateAsync(string yaml)
    {
        var warehouse = await TestDatabase.CreateAsync();
        var folder = Path.Combine(Path.GetTempPath(), "tributary-drops-" + warehouse.Address.Database);
        Directory.CreateDirectory(folder);
        return new DropWorld(warehouse, folder) { Yaml = yaml };
    }

    public void Write(string file, string text, DateTime? at = null) => Write(file, Encoding.UTF8.GetBytes(text), at);

    public void Write(string file, byte[] bytes, DateTime? at = null)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        File.SetLastWriteTimeUtc(path, at ?? Written);
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }

    public static byte[] Zip(params (string Name, byte[] Bytes)[] members)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create))
        {
            foreach (var (name, bytes) in members)
            {
                using var member = zip.CreateEntry(name).Open();
                member.Write(bytes);
            }
        }
        return packed.ToArray();
    }

    public DropSource Source()
    {
        var binder = new Binder(new EnvironmentVariables(Environment.GetValueOrDefault), new KindCatalog(typeof(CsvDrops).Assembly));
        var given = new Dictionary<string, object?> { ["name"] = "karo", ["project_folder"] = Path.GetDirectoryName(Folder) };
        return (DropSource)binder.Read<Source>(YamlFile.Parse($"kind: csv_drops\n{(Yaml.StartsWith("s3:", StringComparison.Ordinal) ? "" : $"path: {Path.GetFileName(Folder)}\n")}{Yaml}", "sources/karo.yml"), given);
    }

    public SourceStream Stream(string name) => Source().ListStreams().Single(stream => stream.Name == name);

    public Task<RunContext> ContextAsync() => LooseRun.ContextAsync(Warehouse.Database, "kotahi", Now, cancel: TestContext.Current.CancellationToken);

    public async Task<Outcome.Succeeded> LoadAsync(string stream) =>
        (Outcome.Succeeded)await IngestNode.Of(Stream(stream), "kotahi").RunAsync(await ContextAsync(), TestContext.Current.CancellationToken);

    public async Task<string> HeldAsync(string stream)
    {
        var error = (await Assert.ThrowsAsync<UserErrorException>(() => LoadAsync(stream))).Errors[0];
        Assert.Equal(ErrorCodes.DropHeld, error.Code);
        return error.Message;
    }

    public async Task<Freshness> CheckAsync(string stream) =>
        await IngestNode.Of(Stream(stream), "kotahi").CheckAsync(await ContextAsync(), TestContext.Current.CancellationToken);

    public async Task<DropDecisions> DecisionsAsync() => new(await ContextAsync());

    public Task<string[]> RejectsAsync() => Warehouse.LinesAsync("select line, byte_offset, reason, detail, status from tributary_reject.reject where status in ('open', 'noted') order by file, line, reason, detail");

    public Task<string[]> StatesAsync() => Warehouse.LinesAsync("select stream, drop_name, state from tributary.drop_state order by stream, dropped_at, drop_name");

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return Warehouse.DisposeAsync();
    }
}
