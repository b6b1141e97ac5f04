using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Tributary.Core.Exports;
using Tributary.Core.Text;

namespace Tributary.Connectors.Ssh;

/// <summary>
/// Calls of OpenSSH's sftp, each a session of its own with a batch of commands. It reads no configuration but ours; keys reach it by paths of
/// files without a name, so that no process list and no disk holds one.
/// </summary>
internal sealed class SftpSession(Sftp destination, CancellationToken cancel)
{
    private const string Prompt = "sftp> ";

    private static readonly string[] Kept = ["PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH"];

    /// <summary>What the commands wrote; throws what <see cref="SftpFailure"/> makes of the first that fails.</summary>
    public async Task<string> RunAsync(params IReadOnlyList<string> commands)
    {
        var (status, output, errors) = await CallAsync(commands);
        return status == 0 ? output : throw SftpFailure.From(status, errors, destination);
    }

    /// <summary>Whatever comes of it: for what a later call does again.</summary>
    public async Task TryAsync(string command)
    {
        try
        {
            await RunAsync(command);
        }
        catch (Exception error) when (error is IOException or TransientException or UserErrorException)
        {
            // See above.
        }
    }

    /// <summary>Null when there is no file of that path.</summary>
    public async Task<StoredFile?> FindAsync(string path)
    {
        try
        {
            var output = await RunAsync($"ls -ln {Sftp.Quote(path)}");
            return Entries(output).FirstOrDefault(entry => entry.IsFile) is { } found ? new StoredFile(path, found.Bytes, found.ModifiedAt) : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The entries of each folder; of one that is not there, none.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<SftpEntry>>> ListAsync(IReadOnlyList<string> folders, bool isHidden)
    {
        // A dash before a command lets the batch go on when it fails; whether a folder was only missing is seen below.
        var (status, output, errors) = await CallAsync([.. folders.Select(folder => $"-ls -ln{(isHidden ? "a" : "")} {Sftp.Quote(folder)}")]);
        if (status != 0 || errors.Contains("Permission denied", StringComparison.OrdinalIgnoreCase)) throw SftpFailure.From(status, errors, destination);
        var parts = output.Split(Prompt).Where(part => part.TrimStart('-').StartsWith("ls ", StringComparison.Ordinal)).Select(part => (IReadOnlyList<SftpEntry>)[.. Entries(part)]).ToList();
        return parts.Count == folders.Count ? parts : throw new TransientException($"{destination.Host} answered {parts.Count} of {folders.Count} listings.");
    }

    private static IEnumerable<SftpEntry> Entries(string output)
    {
        var now = TimeProvider.System.GetUtcNow();
        return output.Split('\n').Select(line => SftpEntry.Parse(line.TrimEnd('\r'), now)).OfType<SftpEntry>().Where(entry => entry.Name is not ("." or ".."));
    }

    private async Task<(int Status, string Output, string Errors)> CallAsync(IReadOnlyList<string> commands)
    {
        await using var known = await UnseenFile.WithAsync(string.Concat(destination.HostKeys.Select(key => $"* {key}\n")), cancel);
        await using var key = destination.Key is { } secret ? await UnseenFile.WithAsync(secret.Reveal().Trim() + "\n", cancel) : null;
        using var process = Start(known.Path, key?.Path);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancel);
            var errors = process.StandardError.ReadToEndAsync(cancel);
            await SendAsync(process, commands);
            await process.WaitForExitAsync(cancel);
            return (process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static async Task SendAsync(Process process, IReadOnlyList<string> commands)
    {
        try
        {
            foreach (var command in commands) await process.StandardInput.WriteAsync($"{command}\n");
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read them all: its status says why.
        }
    }

    private Process Start(string known, string? key)
    {
        var start = new ProcessStartInfo("sftp")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        foreach (var argument in Arguments(known, key)) start.ArgumentList.Add(argument);
        // Neither the caller's secrets nor its locale.
        foreach (var name in start.Environment.Keys.Except(key is null ? [.. Kept, "SSH_AUTH_SOCK"] : Kept).ToList()) start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["TZ"] = "UTC";
        try
        {
            return Process.Start(start)!; // not a shell's verb
        }
        catch (Win32Exception error)
        {
            throw new UserErrorException(ErrorCodes.LoginRefused, destination.At, $"OpenSSH's sftp is not on this machine: {error.Message}", "Install the package openssh-client, or run `./setup sftp`.");
        }
    }

    private IEnumerable<string> Arguments(string known, string? key)
    {
        var alive = Math.Max(1, (int)destination.Timeout.TotalSeconds / 3);
        string[] options =
        [
            "BatchMode=yes", "LogLevel=INFO" /* the level at which it says that a server fell silent */, "StrictHostKeyChecking=yes", $"UserKnownHostsFile={known}", "GlobalKnownHostsFile=/dev/null", "UpdateHostKeys=no", "CheckHostIP=no",
            "PreferredAuthentications=publickey", "ControlMaster=no", "ControlPath=none", "ForwardAgent=no", "ClearAllForwardings=yes", "PermitLocalCommand=no", "ProxyCommand=none",
            string.Create(CultureInfo.InvariantCulture, $"ConnectTimeout={(int)destination.Timeout.TotalSeconds}"), "ConnectionAttempts=1",
            string.Create(CultureInfo.InvariantCulture, $"ServerAliveInterval={alive}"), "ServerAliveCountMax=2",
            .. key is null ? (string[])[] : [$"IdentityFile={key}", "IdentitiesOnly=yes", "IdentityAgent=none"],
        ];
        return ["-F", "/dev/null", .. options.SelectMany(option => new[] { "-o", option }), "-P", destination.Port.ToString(CultureInfo.InvariantCulture), "-b", "-", $"{destination.User}@{destination.Host}"];
    }
}
