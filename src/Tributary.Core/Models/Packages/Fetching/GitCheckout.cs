using System.ComponentModel;
using System.Diagnostics;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Packages.Fetching;

/// <summary>
/// Fetches one revision of a repository into an empty folder. Nothing of the repository runs: no hooks, no filters, no links, no
/// submodules; nobody is asked for a password.
/// </summary>
internal static class GitCheckout
{
    private static readonly string[] Careful =
        ["-c", "core.hooksPath=/dev/null", "-c", "core.symlinks=false", "-c", "core.fsmonitor=false", "-c", "submodule.recurse=false", "-c", "advice.detachedHead=false", "-c", "init.defaultBranch=main"];

    /// <summary>The commit that <paramref name="package"/> means now.</summary>
    public static async Task<string> FetchAsync(PinnedGit package, string folder, CancellationToken cancel)
    {
        if (GitWords.Fault(package.Url, package.Revision, package.Subdirectory) is { } fault) throw new UserErrorException(ErrorCodes.InvalidValue, null, fault);
        await RunAsync(package, folder, cancel, "init", "--quiet", "--template=");
        if (!await IsFetchedAloneAsync(package, folder, cancel)) await FetchAllAsync(package, folder, cancel);
        return (await RunAsync(package, folder, cancel, "rev-parse", "HEAD")).Trim();
    }

    /// <summary>The cheap way, which not every server allows and which knows no shortened commit.</summary>
    private static async Task<bool> IsFetchedAloneAsync(PinnedGit package, string folder, CancellationToken cancel)
    {
        var (status, _, _) = await GitAsync(folder, cancel, "fetch", "--quiet", "--depth", "1", "--no-tags", "--", package.Url, package.Revision ?? "HEAD");
        if (status != 0) return false;
        await RunAsync(package, folder, cancel, "checkout", "--quiet", "--detach", "FETCH_HEAD");
        return true;
    }

    private static async Task FetchAllAsync(PinnedGit package, string folder, CancellationToken cancel)
    {
        await RunAsync(package, folder, cancel, "fetch", "--quiet", "--", package.Url, "+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*", "+HEAD:refs/remotes/origin/HEAD");
        var revision = package.Revision ?? "HEAD";
        foreach (var name in new[] { $"refs/remotes/origin/{revision}", revision })
        {
            var (status, commit, _) = await GitAsync(folder, cancel, "rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}");
            if (status != 0) continue;
            await RunAsync(package, folder, cancel, "checkout", "--quiet", "--detach", commit.Trim());
            return;
        }
        throw new UserErrorException(ErrorCodes.PackageMissing, null, $"the repository {Address.WithoutSecrets(package.Url)} has no branch, tag or commit '{revision}'");
    }

    private static async Task<string> RunAsync(PinnedGit package, string folder, CancellationToken cancel, params string[] arguments)
    {
        var (status, output, errors) = await GitAsync(folder, cancel, arguments);
        if (status == 0) return output;
        var said = Address.WithoutSecrets(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "nothing");
        throw new TransientException($"git could not fetch {Address.WithoutSecrets(package.Url)}; it said: {Excerpt.Of(said.Replace(package.Url, Address.WithoutSecrets(package.Url), StringComparison.Ordinal))}");
    }

    private static async Task<(int Status, string Output, string Errors)> GitAsync(string folder, CancellationToken cancel, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", [.. Careful, "-C", folder, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_ALLOW_PROTOCOL"] = GitWords.Transports;
        start.Environment["GIT_LFS_SKIP_SMUDGE"] = "1";
        start.Environment.TryAdd("GIT_SSH_COMMAND", "ssh -oBatchMode=yes");
        foreach (var name in new[] { "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE" }) start.Environment.Remove(name);
        try
        {
            using var git = Process.Start(start) ?? throw new InvalidOperationException("git did not start.");
            git.StandardInput.Close();
            try
            {
                var errors = git.StandardError.ReadToEndAsync(cancel);
                var output = await git.StandardOutput.ReadToEndAsync(cancel);
                await git.WaitForExitAsync(cancel);
                return (git.ExitCode, output, await errors);
            }
            finally
            {
                if (!git.HasExited) git.Kill(entireProcessTree: true);
            }
        }
        catch (Win32Exception)
        {
            throw new UserErrorException(ErrorCodes.BinariesMissing, null, "git is not installed, and a package comes from a repository.", "Install git.");
        }
    }
}
