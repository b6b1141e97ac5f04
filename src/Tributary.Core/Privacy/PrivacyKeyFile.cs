using Tributary.Core.Text;

namespace Tributary.Core.Privacy;

/// <summary>The key that the private cluster's projects share when none is configured: made once, readable by its user alone.</summary>
public static class PrivacyKeyFile
{
    /// <summary>
    /// The key at <paramref name="path"/>, made when there is none. Two processes that start at once agree on one; a file that
    /// other users can read is refused.
    /// </summary>
    public static async Task<Secret> ReadOrMakeAsync(string path, CancellationToken cancel)
    {
        if (!File.Exists(path)) await MakeAsync(path, cancel);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) != 0)
        {
            throw new UserErrorException(ErrorCodes.SecretInFile, new SourcePosition(path),
                "Other users can read the privacy key.", $"Run `chmod 600 {path}`, or rotate the key when others may have read it.");
        }
        return new Secret((await File.ReadAllTextAsync(path, cancel)).Trim());
    }

    private static async Task MakeAsync(string path, CancellationToken cancel)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var temporary = $"{path}.{Environment.ProcessId}";
        await using (var file = new StreamWriter(temporary, options))
        {
            await file.WriteAsync(PrivacyKey.Generate().Reveal().AsMemory(), cancel);
            await file.FlushAsync(cancel);
            ((FileStream)file.BaseStream).Flush(flushToDisk: true);
        }
        try
        {
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary);
        }
    }
}
