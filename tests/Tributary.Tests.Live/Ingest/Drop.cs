using System.IO.Compression;
using System.Text;
using Tributary.Connectors;
using Tributary.Core.Graph;
using Tributary.Core.Ingest;
using Tributary.Core.Postgres;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Ingest;

/// <summary>A folder of FHIR files, a warehouse, and the loads from one to the other.</summary>
internal sealed class Drop : IAsyncDisposable
{
    private Drop(TestDatabase warehouse, string folder)
    {
        Warehouse = warehouse;
        Folder = folder;
    }

    public TestDatabase Warehouse { get; }

    public string Folder { get; init; }

    public LoadSettings Load { get; set; } = new(
        new RawSettings(new RawColumns("id", "resource", "_airbyte_extracted_at"), "airbyte"), new(16_000_000), new(8_000_000));

    public StreamSettings? Settings { get; set; }

    public static async Task<Drop> CreateAsync(string? folder = null)
    {
        var warehouse = await TestDatabase.CreateAsync();
        var name = Path.Combine(Path.GetTempPath(), "tributary-drop-" + warehouse.Address.Database);
        Directory.CreateDirectory(name);
        return new Drop(warehouse, name) { Folder = folder ?? name };
    }

    public void Write(string file, params string[] lines) =>
        WriteBytes(file, Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));

    public void WriteBytes(string file, byte[] bytes)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (!file.EndsWith(".gz", StringComparison.Ordinal))
        {
            File.WriteAllBytes(path, bytes);
            return;
        }
        using var packed = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        packed.Write(bytes);
    }

    public static string Patient(string id, string? lastUpdated = null, string? version = null, string note = "x")
    {
        var meta = lastUpdated is null && version is null ? ""
            : $"\"meta\":{{{string.Join(",", new[] { version is null ? null : $"\"versionId\":\"{version}\"", lastUpdated is null ? null : $"\"lastUpdated\":\"{lastUpdated}\"" }.Where(part => part is not null))}}},";
        return $"{{\"resourceType\":\"Patient\",\"id\":\"{id}\",{meta}\"note\":\"{note}\"}}";
    }

    /// <summary>The streams of the source, in order; the loads are of the first unless they name another.</summary>
    public string[] Types { get; set; } = ["Patient"];

    public IngestNode Node(string type = "Patient")
    {
        var streams = Types.Contains(type) ? Types : [type];
        var source = new BulkFiles("fhir", Folder, new("sources/fhir.yml"), ".", streams.ToDictionary(one => one, _ => Settings), Load);
        return IngestNode.Of(source.ListStreams().Single(stream => stream.Name == type), "engage");
    }

    public Task<RunContext> ContextAsync(Database? database = null) =>
        LooseRun.ContextAsync(database ?? Warehouse.Database, "engage", DateTimeOffset.UnixEpoch, cancel: TestContext.Current.CancellationToken);

    /// <summary>Loads the stream and returns what it did.</summary>
    public async Task<Counts> LoadAsync(string type = "Patient") => (await RunAsync(type)).Counts;

    public async Task<Outcome.Succeeded> RunAsync(string type = "Patient") =>
        (Outcome.Succeeded)await Node(type).RunAsync(await ContextAsync(), TestContext.Current.CancellationToken);

    public async Task<Freshness> CheckAsync(string type = "Patient") =>
        await Node(type).CheckAsync(await ContextAsync(), TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        var made = Path.Combine(Path.GetTempPath(), "tributary-drop-" + Warehouse.Address.Database);
        Directory.Delete(made, recursive: true);
        return Warehouse.DisposeAsync();
    }
}
