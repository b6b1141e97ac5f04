using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Connectors.Couch;

/// <summary>A project in a folder of its own that copies a double's databases into a test's warehouse.</summary>
internal sealed class CouchProject : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tributary-cht-");
    private readonly Dictionary<string, string> environment;

    private CouchProject(string password) => environment = new() { ["CHT_TEST_PASSWORD"] = password };

    /// <summary>A file of the project.</summary>
    public Task WriteAsync(string path, string text)
    {
        var file = Path.Combine(folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!); // below the folder
        return File.WriteAllTextAsync(file, text);
    }

    /// <summary>With models, and form tables of <c>cht.medic</c>.</summary>
    public static async Task<CouchProject> CreateWithFormsAsync(CouchHost host, string more = "")
    {
        var project = await CreateAsync(host);
        await File.AppendAllTextAsync(Path.Combine(project.folder.FullName, "tributary.yml"), $"\nforms: {{ stream: cht.medic{more} }}\n");
        await project.WriteAsync("dbt_project.yml", "name: cht\n");
        await project.WriteAsync("models/sources.yml", "sources:\n  - name: v1\n    tables:\n      - {name: couchdb, meta: {tributary: {stream: cht.medic}}}\n");
        return project;
    }

    public static async Task<CouchProject> CreateAsync(CouchHost host, string url = "", string databases = "medic")
    {
        var address = host.Warehouse.Address;
        var project = new CouchProject(address.Password!); // the test server always has one
        await File.WriteAllTextAsync(Path.Combine(project.folder.FullName, "tributary.yml"), $$"""
            config_version: 1
            name: cht
            warehouse: { host: {{address.Host}}, port: {{address.Port}}, database: {{address.Database}}, user: {{address.Username}}, password: "${CHT_TEST_PASSWORD}" }
            """);
        Directory.CreateDirectory(Path.Combine(project.folder.FullName, "sources"));
        await File.WriteAllTextAsync(Path.Combine(project.folder.FullName, "sources", "cht.yml"), $$"""
            kind: couchdb
            url: {{(url.Length > 0 ? url : host.Server.Url)}}
            streams: [{{databases}}]
            batch_bytes: 20 KB
            page_rows: 50
            raw: { schema: v1, table: couchdb, columns: { id: _id, document: doc, loaded_at: saved_timestamp, source: source } }
            """);
        return project;
    }

    public Task<ProcessResult> RunAsync(params string[] arguments) => TributaryProcess.RunAsync(environment, [.. arguments, "--project", folder.FullName]);

    public TributaryProcess Start(params string[] arguments) => TributaryProcess.Start(environment, [.. arguments, "--project", folder.FullName]);

    public void Dispose() => folder.Delete(recursive: true);
}
