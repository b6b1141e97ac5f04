using System.Globalization;

namespace Tributary.Connectors.Ssh;

/// <summary>
/// A file for this user alone that has no name: a program that it is given to finds it by <see cref="Path"/>, and whatever kills this process,
/// nothing stays on the disk. Where the system has no such paths, it has a name until it is disposed.
/// </summary>
internal sealed class UnseenFile : IAsyncDisposable
{
    private readonly FileStream file;

    private UnseenFile(FileStream file, string path)
    {
        this.file = file;
        Path = path;
    }

    public FileStream Content => file;

    /// <summary>Where this process and those that it starts find it.</summary>
    public string Path { get; }

    public static UnseenFile Create()
    {
        var name = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"tributary-{System.IO.Path.GetRandomFileName()}");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 64 * 1024,
            Options = FileOptions.Asynchronous | (OperatingSystem.IsLinux() ? FileOptions.None : FileOptions.DeleteOnClose),
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(name, options);
        if (!OperatingSystem.IsLinux()) return new UnseenFile(file, name);
        File.Delete(name);
        return new UnseenFile(file, string.Create(CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/fd/{file.SafeFileHandle.DangerousGetHandle()}"));
    }

    public static async Task<UnseenFile> WithAsync(string text, CancellationToken cancel)
    {
        var made = Create();
        await made.file.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), cancel);
        await made.file.FlushAsync(cancel);
        return made;
    }

    /// <summary>The content from its start, as another program wrote it; disposing the stream ends the file.</summary>
    public Stream Rewind()
    {
        file.Position = 0;
        return file;
    }

    public ValueTask DisposeAsync() => file.DisposeAsync();
}
