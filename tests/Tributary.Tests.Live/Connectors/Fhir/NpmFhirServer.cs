using System.Diagnostics;
using System.Globalization;

namespace Tributary.Tests.Live.Connectors.Fhir;

/// <summary>npm's FHIR router as a process of its own; <c>./setup tests</c> puts it under <c>artifacts/fhir-server</c>.</summary>
internal sealed class NpmFhirServer : IDisposable
{
    private readonly Process process;

    private NpmFhirServer(Process process, int port)
    {
        this.process = process;
        Base = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/fhir");
    }

    public string Base { get; }

    /// <summary>Answers when it comes back; <paramref name="resources"/> is a file of resources to begin with.</summary>
    public static async Task<NpmFhirServer> StartAsync(string repository, string? resources = null)
    {
        var script = Path.Combine(repository, "artifacts", "fhir-server", "server.mjs");
        if (!File.Exists(script)) throw new FileNotFoundException("npm's FHIR router is not installed; run ./setup tests.", script);
        var start = new ProcessStartInfo("node", resources is null ? [script] : ["--max-old-space-size=2000", script, resources]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var process = Process.Start(start)!; // the program is there
        var port = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("npm's FHIR router ended at its start.");
        return new NpmFhirServer(process, int.Parse(port, CultureInfo.InvariantCulture));
    }

    /// <summary>Puts a folder of NDJSON files in over HTTP, under the resources' own ids.</summary>
    public async Task FillAsync(string repository, string folder)
    {
        using var loading = Process.Start("node", [Path.Combine(repository, "artifacts", "fhir-server", "load.mjs"), Base, folder]);
        await loading.WaitForExitAsync();
        if (loading.ExitCode != 0) throw new InvalidOperationException("The FHIR server did not take every resource.");
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}
