using System.Diagnostics;
using System.Globalization;
using Tributary.Core.Exports;

namespace Tributary.Connectors;

/// <summary>A file in a destination's <c>.partial</c> folder, locked while it is written, so that others see that its writer lives.</summary>
internal sealed class PendingFolderFile : PendingFile
{
    private static int count;
    private readonly FileStream file;
    private readonly string path;
    private readonly string root;

    private PendingFolderFile(FileStream file, string path)
    {
        this.file = file;
        this.path = path;
        root = Path.GetDirectoryName(Path.GetDirectoryName(file.Name))!; // the file lies in the folder .partial of the root
    }

    public override Stream Content => file;

    /// <summary>A file in the folder that is to be published at <paramref name="path"/>.</summary>
    public static PendingFolderFile Create(string folder, string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            // A shared lock: whoever cleans up asks for the whole file and is refused; a reader of the published file is not.
            Share = FileShare.Read,
            BufferSize = 64 * 1024,
            Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        while (true)
        {
            // The number of a process is used again after a restart; a file that was left under it is in the way, and the next number is not.
            var name = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{Interlocked.Increment(ref count)}.tmp");
            var partial = Path.Combine(folder, name);
            if (!File.Exists(partial)) return new PendingFolderFile(new FileStream(partial, options), path);
        }
    }

    /// <summary>
    /// Removes a file whose writer is gone. A process that lives keeps its files, for between making a file and locking it there is a
    /// moment without a lock; a writer on another machine is known by its lock alone.
    /// </summary>
    public static void RemoveAbandoned(string path)
    {
        if (WriterLives(path)) return;
        try
        {
            using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None)) File.Delete(path);
        }
        catch (IOException)
        {
            // Locked by its writer, or removed by another run in this moment.
        }
    }

    private static bool WriterLives(string path)
    {
        if (!int.TryParse(Path.GetFileName(path).Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return false;
        try
        {
            using var writer = Process.GetProcessById(id);
            return true;
        }
        catch (ArgumentException)
        {
            return false; // no process has this number
        }
    }

    public override Task<bool> PublishAsync(CancellationToken cancel) => PublishAsync(PrivateFolder.TryMove, cancel);

    /// <summary>Publishes in place of an older file.</summary>
    public override Task ReplaceAsync(CancellationToken cancel) => PublishAsync(
        (from, to) =>
        {
            File.Move(from, to, overwrite: true);
            return true;
        },
        cancel);

    private async Task<bool> PublishAsync(Func<string, string, bool> move, CancellationToken cancel)
    {
        await file.FlushAsync(cancel);
        file.Flush(flushToDisk: true);
        var folder = Path.GetDirectoryName(path)!; // a file's path always has a folder
        PrivateFolder.Create(folder);
        if (!move(file.Name, path)) return false;
        // The folders of a new day are entries of their own.
        for (var at = folder; at is not null && at.Length >= root.Length; at = Path.GetDirectoryName(at)) PrivateFolder.Sync(at);
        await file.DisposeAsync();
        return true;
    }

    public override async ValueTask DisposeAsync()
    {
        // Gone already when it was published: the move took it away.
        File.Delete(file.Name);
        await file.DisposeAsync();
    }
}
