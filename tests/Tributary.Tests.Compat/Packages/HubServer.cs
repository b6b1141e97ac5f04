using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Tributary.Tests.Compat.Packages;

/// <summary>Plays the package hub on a port of this machine: descriptions of packages and their archives.</summary>
internal sealed class HubServer : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Dictionary<string, byte[]> documents = [];
    private readonly Dictionary<string, SortedDictionary<string, object>> packages = [];

    public HubServer()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        }
        listener.Prefixes.Add(Address);
        listener.Start();
        _ = ServeAsync();
    }

    public string Address { get; }

    /// <summary>Paths that were asked for, in that order.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Publishes a version; <paramref name="wants"/> are names and ranges of other packages, <paramref name="files"/> what its archive holds.</summary>
    public void Publish(string package, string version, (string Name, string[] Range)[]? wants = null, string[]? dbt = null, params (string Path, string Text)[] files)
    {
        var name = package.Split('/')[1];
        var archive = $"archives/{package}/{version}.tar.gz";
        if (!packages.TryGetValue(package, out var versions)) packages[package] = versions = new(StringComparer.Ordinal);
        versions[version] = new Dictionary<string, object?>
        {
            ["name"] = name,
            ["packages"] = (wants ?? []).Select(want => new { package = want.Name, version = want.Range }),
            ["downloads"] = new { tarball = Address + archive },
            ["require_dbt_version"] = dbt ?? [],
        };
        documents[$"api/v1/{package}.json"] = JsonSerializer.SerializeToUtf8Bytes(new { name, @namespace = package.Split('/')[0], versions });
        documents["api/v1/index.json"] = JsonSerializer.SerializeToUtf8Bytes(packages.Keys);
        documents[archive] = Archive([($"{name}-{version}/dbt_project.yml", $"name: {name}\nversion: '{version}'\n"), .. files.Select(file => ($"{name}-{version}/{file.Path}", file.Text))]);
    }

    public void Put(string path, byte[] document) => documents[path] = document;

    public static byte[] Archive(params (string Path, string Text)[] files)
    {
        using var memory = new MemoryStream();
        using (var zip = new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(zip))
        {
            foreach (var (path, text) in files)
            {
                var entry = text.StartsWith("link:", StringComparison.Ordinal)
                    ? new PaxTarEntry(TarEntryType.SymbolicLink, path) { LinkName = text["link:".Length..] }
                    : new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) };
                tar.WriteEntry(entry);
            }
        }
        return memory.ToArray();
    }

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync();
                var path = context.Request.Url!.AbsolutePath.TrimStart('/');
                Asked.Add(path);
                if (documents.TryGetValue(path, out var document)) await context.Response.OutputStream.WriteAsync(document);
                else context.Response.StatusCode = 404;
                context.Response.Close();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    public void Dispose() => listener.Close();
}
