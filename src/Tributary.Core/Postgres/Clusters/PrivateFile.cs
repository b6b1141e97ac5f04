namespace Tributary.Core.Postgres.Clusters;

/// <summary>Small files that appear whole or not at all.</summary>
internal static class PrivateFile
{
    /// <summary>Readable by its user alone.</summary>
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Readable by the server's user too.</summary>
    public const UnixFileMode Readable = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Writes beside, to the disk, then renames over.</summary>
    public static async Task WriteAsync(string path, string text, UnixFileMode mode, CancellationToken cancel)
    {
        var beside = $"{path}.{Environment.ProcessId}";
        File.Delete(beside);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        Create(options, OwnerOnly);
        await using (var file = new FileStream(beside, options))
        {
            await file.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), cancel);
            file.Flush(flushToDisk: true);
        }
        SetMode(beside, mode); // whatever the umask took away
        File.Move(beside, path, overwrite: true);
    }

    /// <summary>The mode of a file that is about to be made; Windows has none.</summary>
    public static void Create(FileStreamOptions options, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = mode;
    }

    public static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);
    }
}
