using System.Diagnostics;

namespace Tributary.Tests.Compat.Packages;

/// <summary>A repository in a folder of its own, with commits and tags that a test makes.</summary>
internal sealed class GitRepository : IDisposable
{
    public GitRepository()
    {
        Git("init", "--quiet", "--initial-branch=main");
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("tributary-git").FullName;

    /// <summary>Writes files, commits them and names the commit; its 40 digits.</summary>
    public string Commit(string? tag, params (string Path, string Text)[] files)
    {
        foreach (var (path, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Folder, path))!);
            File.WriteAllText(Path.Combine(Folder, path), text);
        }
        Git("add", "-A");
        Git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", "-m", tag ?? "more");
        if (tag is not null) Git("tag", tag);
        return Git("rev-parse", "HEAD").Trim();
    }

    public string Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", Folder, .. arguments]) { RedirectStandardOutput = true })!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return output;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
