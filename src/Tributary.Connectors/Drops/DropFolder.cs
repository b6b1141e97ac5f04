using System.Runtime.CompilerServices;
using Tributary.Core.Ingest.Drops;

namespace Tributary.Connectors.Drops;

/// <summary>Drops in a folder of this machine. Links are passed over: a name must never lead out of the folder.</summary>
internal sealed class DropFolder(string root) : DropPlace
{
    private static readonly EnumerationOptions Here = new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };
    private static readonly EnumerationOptions Below = new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false, RecurseSubdirectories = true };

    protected override async IAsyncEnumerable<DropFile> ListFilesAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.CompletedTask;
        foreach (var folder in new DirectoryInfo(root).EnumerateDirectories("*", Here))
        {
            if (!folder.Name.StartsWith(prefix, StringComparison.Ordinal)) continue;
            foreach (var file in folder.EnumerateFiles("*", Below))
            {
                cancel.ThrowIfCancellationRequested();
                yield return Of(folder.Name, Path.GetRelativePath(folder.FullName, file.FullName).Replace('\\', '/'), file);
            }
        }
    }

    protected override Task<Stream> OpenFileAsync(DropFile file, CancellationToken cancel)
    {
        var path = Path.Combine(root, file.Drop, file.Name);
        var content = new FileStream(path, new FileStreamOptions { Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0, Options = FileOptions.SequentialScan });
        if (Of(file.Drop, file.Name, new FileInfo(path)) == file) return Task.FromResult<Stream>(content);
        content.Dispose();
        throw Changed(file);
    }

    protected override Task<DropFile> WholeAsync(DropFile archive, CancellationToken cancel)
    {
        var whole = Of(archive.Drop, archive.Name, new FileInfo(Path.Combine(root, archive.Drop, archive.Name)));
        return whole.Version == archive.Version ? Task.FromResult(whole) : throw Changed(archive);
    }

    private static DropFile Of(string drop, string name, FileInfo file) => new(drop, name, file.Length, $"{file.LastWriteTimeUtc.Ticks}", file.LastWriteTimeUtc);
}
