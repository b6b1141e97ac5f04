using System.Diagnostics;

namespace Tributary.Tests.Live.Examples;

/// <summary>An analyst's checkout and the repository in the middle; the project's own folder becomes a clone that pulls from there.</summary>
internal sealed class GitDesk : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tributary-desk-");

    private GitDesk()
    {
    }

    private string Checkout => Path.Combine(folder.FullName, "desk");

    public static async Task<GitDesk> CreateAsync(DirectoryInfo project)
    {
        var desk = new GitDesk();
        var shared = Path.Combine(desk.folder.FullName, "shared.git");
        await File.WriteAllTextAsync(Path.Combine(project.FullName, ".gitignore"), ".tributary/\ndata/\ntarget/\nexports-out/\n");
        await RunAsync(project.FullName, "init", "-q", "-b", "main");
        await RunAsync(project.FullName, "add", ".");
        await RunAsync(project.FullName, "commit", "-q", "-m", "the project");
        await RunAsync(desk.folder.FullName, "clone", "-q", "--bare", project.FullName, shared);
        await RunAsync(project.FullName, "remote", "add", "origin", shared);
        await RunAsync(project.FullName, "fetch", "-q", "origin");
        await RunAsync(project.FullName, "branch", "-q", "--set-upstream-to", "origin/main");
        await RunAsync(desk.folder.FullName, "clone", "-q", shared, desk.Checkout);
        return desk;
    }

    /// <summary>Writes, commits and pushes one file.</summary>
    public async Task PushAsync(string path, string text)
    {
        await File.WriteAllTextAsync(Path.Combine(Checkout, path), text);
        await RunAsync(Checkout, "commit", "-q", "-a", "-m", "a change");
        await RunAsync(Checkout, "push", "-q", "origin", "main");
    }

    public async Task<string> HeadAsync() => (await RunAsync(Checkout, "rev-parse", "HEAD")).Trim();

    /// <summary>One call of git, which must go well.</summary>
    public static async Task<string> RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["-c", "user.name=Tests", "-c", "user.email=tests@example.org", "-c", "safe.directory=*", "-C", folder, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var git = Process.Start(start)!; // it starts, or throws
        var errors = git.StandardError.ReadToEndAsync();
        var output = await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        Assert.True(git.ExitCode == 0, $"git {string.Join(' ', arguments)}: {await errors}");
        return output;
    }

    public void Dispose()
    {
        foreach (var file in folder.EnumerateFiles("*", SearchOption.AllDirectories)) file.Attributes = FileAttributes.Normal; // git writes some read-only
        folder.Delete(recursive: true);
    }
}
