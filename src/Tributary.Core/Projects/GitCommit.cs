using System.ComponentModel;
using System.Diagnostics;

namespace Tributary.Core.Projects;

/// <summary>Which version of the project's files is running, for the ledger and every export's manifest.</summary>
internal static class GitCommit
{
    /// <summary>The commit's 40 hex digits, with <c>+</c> behind when files of the project differ from it; null outside a repository.</summary>
    public static async Task<string?> ReadAsync(string folder, CancellationToken cancel)
    {
        if (!IsInRepository(folder)) return null;
        if (await GitAsync(folder, ["rev-parse", "HEAD"], cancel) is not { Length: >= 40 } head) return null;
        var changes = await GitAsync(folder, ["status", "--porcelain", "--", "."], cancel);
        return head[..40] + (string.IsNullOrWhiteSpace(changes) ? "" : "+");
    }

    /// <summary>Spares two processes where there is no repository.</summary>
    private static bool IsInRepository(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            if (Path.Exists(Path.Combine(at.FullName, ".git"))) return true;
        return false;
    }

    private static async Task<string?> GitAsync(string folder, string[] arguments, CancellationToken cancel)
    {
        // The folder may belong to another user than the one who runs this; reading it is safe all the same.
        var start = new ProcessStartInfo("git", ["-c", "safe.directory=*", "-c", "core.fsmonitor=false", "-C", folder, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var git = Process.Start(start);
            if (git is null) return null;
            var errors = git.StandardError.ReadToEndAsync(cancel);
            var text = await git.StandardOutput.ReadToEndAsync(cancel);
            await git.WaitForExitAsync(cancel);
            await errors;
            return git.ExitCode == 0 ? text.Trim() : null;
        }
        catch (Win32Exception)
        {
            return null; // no git on this machine
        }
    }
}
