using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Connectors.Couch;

/// <summary>pouchdb-server, all in memory, as a process of its own; <c>./setup tests</c> puts it under <c>artifacts/couch-server</c>.</summary>
internal sealed class NpmCouchServer : IDisposable
{
    private readonly Process process;
    private readonly DirectoryInfo folder;

    private NpmCouchServer(Process process, DirectoryInfo folder, int port)
    {
        (this.process, this.folder) = (process, folder);
        Url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        Http = new HttpClient { BaseAddress = new Uri(Url + "/") };
    }

    public string Url { get; }

    public HttpClient Http { get; }

    /// <summary>Answers when it comes back.</summary>
    public static async Task<NpmCouchServer> StartAsync()
    {
        var script = Path.Combine(Repository.Root, "artifacts", "couch-server", "node_modules", "pouchdb-server", "bin", "pouchdb-server");
        if (!File.Exists(script)) throw new FileNotFoundException("pouchdb-server is not installed; run ./setup tests.", script);
        var folder = Directory.CreateTempSubdirectory("tributary-couch-");
        var port = FreePort();
        var start = new ProcessStartInfo("node", [script, "--in-memory", "--no-stdout-logs", "--host", "127.0.0.1", "--port", $"{port}", "--config", "config.json"])
        { WorkingDirectory = folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true };
        var server = new NpmCouchServer(Process.Start(start)!, folder, port); // the program is there
        while (!await server.AnswersAsync())
        {
            if (server.process.HasExited) throw new InvalidOperationException($"pouchdb-server ended at its start: {await server.process.StandardError.ReadToEndAsync()}");
        }
        return server;
    }

    public async Task CreateAsync(string database)
    {
        using var response = await Http.PutAsync(database, null);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Writes documents; each answer's revision.</summary>
    public async Task<string[]> PutAsync(string database, params object[] documents)
    {
        using var response = await Http.PostAsJsonAsync($"{database}/_bulk_docs", new { docs = documents });
        response.EnsureSuccessStatusCode();
        var rows = await response.Content.ReadFromJsonAsync<JsonElement>();
        return [.. rows.EnumerateArray().Select(row => row.GetProperty("rev").GetString()!)]; // every row has one
    }

    public void Dispose()
    {
        Http.Dispose();
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var response = await Http.GetAsync("");
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            await Task.Yield();
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
