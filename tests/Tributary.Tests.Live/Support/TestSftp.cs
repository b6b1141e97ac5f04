using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Tributary.Connectors;
using Tributary.Core.Exports;
using Tributary.Core.Text;

namespace Tributary.Tests.Live.Support;

/// <summary>A real sshd on loopback that knows SFTP alone, with a folder and keys of its own. It runs as this user; for root, sessions are nobody's.</summary>
internal sealed class TestSftp : IAsyncDisposable
{
    private readonly DirectoryInfo home;
    private readonly Process server;

    private TestSftp(DirectoryInfo home, Process server, int port)
    {
        this.home = home;
        this.server = server;
        Port = port;
    }

    public int Port { get; }

    public static string User => Environment.UserName == "root" ? "nobody" : Environment.UserName;

    /// <summary>Where the files are, as the server sees them.</summary>
    public string Folder => Path.Combine(home.FullName, "files");

    public string HostKey => File.ReadAllText(Path.Combine(home.FullName, "host.pub")).Trim();

    public Secret Key => new(File.ReadAllText(Path.Combine(home.FullName, "client")));

    /// <summary>A key that the server does not know, and whose public half is no host's.</summary>
    public (Secret Private, string Public) OtherKey => (new(File.ReadAllText(Path.Combine(home.FullName, "other"))), File.ReadAllText(Path.Combine(home.FullName, "other.pub")).Trim());

    public static async Task<TestSftp> StartAsync()
    {
        var home = Directory.CreateTempSubdirectory("tributary-sftp-");
        File.SetUnixFileMode(home.FullName, (UnixFileMode)0b111_101_101);
        foreach (var name in new[] { "host", "client", "other" }) await RunAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", Path.Combine(home.FullName, name));
        File.Copy(Path.Combine(home.FullName, "client.pub"), Path.Combine(home.FullName, "authorized"));
        var files = Directory.CreateDirectory(Path.Combine(home.FullName, "files"));
        if (User == "nobody")
        {
            Directory.CreateDirectory("/run/sshd");
            await RunAsync("chown", "nobody", files.FullName);
        }
        var port = FreePort();
        var config = Path.Combine(home.FullName, "sshd_config");
        await File.WriteAllTextAsync(config, $"""
            Port {port}
            ListenAddress 127.0.0.1
            HostKey {home.FullName}/host
            AuthorizedKeysFile {home.FullName}/authorized
            StrictModes no
            UsePAM no
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PidFile none
            MaxStartups 200
            Subsystem sftp internal-sftp
            ForceCommand internal-sftp

            """);
        var start = new ProcessStartInfo(File.Exists("/usr/sbin/sshd") ? "/usr/sbin/sshd" : "sshd", ["-D", "-e", "-f", config]) { RedirectStandardError = true };
        var server = Process.Start(start)!; // an executable with arguments
        server.ErrorDataReceived += static (_, _) => { };
        server.BeginErrorReadLine();
        var sftp = new TestSftp(home, server, port);
        await sftp.WaitAsync();
        return sftp;
    }

    /// <summary>A destination over the folder; <paramref name="port"/> may be that of something in between.</summary>
    public Sftp Destination(int? port = null, string? folder = null) => new(
        new SourcePosition("destinations/registry.yml", 1), "registry", "127.0.0.1", User, [HostKey], [Track.Pii], TimeSpan.FromSeconds(3), TimeSpan.FromDays(1), Key, folder ?? Folder, port ?? Port);

    /// <summary>Stops (SIGSTOP) or continues every process of the sessions.</summary>
    public async Task SignalSessionsAsync(string signal)
    {
        foreach (var id in await DescendantsAsync(server.Id)) await RunAsync("kill", $"-{signal}", id.ToString(CultureInfo.InvariantCulture));
    }

    public static int FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }

    public static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!; // as above
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {errors}");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var id in await DescendantsAsync(server.Id))
        {
            try
            {
                Process.GetProcessById(id).Kill();
            }
            catch (ArgumentException)
            {
                // It ended by itself.
            }
        }
        server.Kill();
        await server.WaitForExitAsync();
        server.Dispose();
        home.Delete(recursive: true);
    }

    private async Task WaitAsync()
    {
        while (!server.HasExited)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(20);
            }
        }
        throw new InvalidOperationException("sshd did not start: run ./setup sftp.");
    }

    private static async Task<List<int>> DescendantsAsync(int parent)
    {
        using var pgrep = Process.Start(new ProcessStartInfo("pgrep", ["-P", parent.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true })!; // as above
        var children = (await pgrep.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => int.Parse(line, CultureInfo.InvariantCulture)).ToList();
        await pgrep.WaitForExitAsync();
        var all = new List<int>(children);
        foreach (var child in children) all.AddRange(await DescendantsAsync(child));
        return all;
    }
}
