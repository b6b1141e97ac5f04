namespace Tributary.Core.Text;

/// <summary>Writes a file whole or not at all: beside its place first, then renamed, so that a reader never meets half of it.</summary>
internal static class AtomicFile
{
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // the path is absolute
        var beside = $"{path}.{Environment.ProcessId}.part";
        try
        {
            await using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
                await write(file);
            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }
}
