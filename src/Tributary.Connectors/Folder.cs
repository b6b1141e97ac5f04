using System.Runtime.CompilerServices;
using Tributary.Core.Exports;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Connectors;

/// <summary>
/// A folder of this machine as a destination. Files are written in its <c>.partial</c> folder, made durable and then linked to their
/// names, so that a reader or a crash never meets half a file. Everything it makes is for its user alone (0600, 0700).
/// </summary>
[Kind("folder")]
[Description("A folder of this machine.")]
public sealed record Folder(
    SourcePosition At,
    [Given] string Name,
    [Given] string ProjectFolder,
    [Description("The folder; relative to the project.")] string Path,
    [Description("The tracks that it may hold: pii, anon, metrics.")][OneOrMany] IReadOnlyList<Track> Tracks,
    [Description("Only production targets may export to it.")] bool Production = false)
    : FileDestination(At, Name, Tracks, Production)
{
    private const string PartialFolder = ".partial";

    private string Root => System.IO.Path.GetFullPath(System.IO.Path.Combine(ProjectFolder, Path));

    private string Partial => System.IO.Path.Combine(Root, PartialFolder);

    public override string Place => Root + "/";

    public override Task CleanAsync(CancellationToken cancel)
    {
        if (!Directory.Exists(Partial)) return Task.CompletedTask;
        foreach (var path in Directory.EnumerateFiles(Partial)) PendingFolderFile.RemoveAbandoned(path);
        return Task.CompletedTask;
    }

    public override Task<PendingFile> BeginAsync(string name, CancellationToken cancel)
    {
        var path = PathOf(name);
        PrivateFolder.Create(Root);
        PrivateFolder.Create(Partial);
        return Task.FromResult<PendingFile>(PendingFolderFile.Create(Partial, path));
    }

    public override Task<StoredFile?> FindAsync(string name, CancellationToken cancel)
    {
        var file = new FileInfo(PathOf(name));
        return Task.FromResult(file.Exists ? new StoredFile(name, file.Length, file.LastWriteTimeUtc) : null);
    }

    public override async IAsyncEnumerable<StoredFile> ListAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        if (!Directory.Exists(Root)) yield break;
        var names = Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .Select(path => System.IO.Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(name => !name.StartsWith(PartialFolder + "/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (await FindAsync(name, cancel) is { } file) yield return file;
        }
    }

    public override Task<Stream> OpenReadAsync(string name, CancellationToken cancel) =>
        Task.FromResult<Stream>(new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, useAsync: true));

    public override async Task ReplaceAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        await using var pending = (PendingFolderFile)await BeginAsync(name, cancel);
        await pending.Content.WriteAsync(content, cancel);
        await pending.ReplaceAsync(cancel);
    }

    public override Task RemoveAsync(string name, CancellationToken cancel)
    {
        var path = PathOf(name);
        if (!File.Exists(path)) return Task.CompletedTask;
        File.Delete(path);
        PrivateFolder.Sync(System.IO.Path.GetDirectoryName(path)!); // a file's path always has a folder
        return Task.CompletedTask;
    }

    /// <summary>Takes away the folder of unfinished files when nothing is in it: where somebody downloads to, it is in the way.</summary>
    public void Tidy()
    {
        if (Directory.Exists(Partial) && !Directory.EnumerateFileSystemEntries(Partial).Any()) Directory.Delete(Partial);
    }

    /// <summary>The file's place. A name can never lead outside: not by <c>..</c>, and not through a link that lies below the folder.</summary>
    private string PathOf(string name)
    {
        var path = Root;
        foreach (var segment in name.Split('/'))
        {
            if (segment.Length == 0 || segment[0] == '.' || segment.AsSpan().ContainsAny("\\:\0"))
                throw new IOException($"'{name}' is no name that a folder destination takes.");
            path = System.IO.Path.Combine(path, segment);
            if (new DirectoryInfo(path).LinkTarget is not null) throw new IOException($"'{name}' would pass through the link '{segment}'.");
        }
        return path;
    }
}
