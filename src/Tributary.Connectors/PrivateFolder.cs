using System.Runtime.InteropServices;

namespace Tributary.Connectors;

/// <summary>Folders for their user alone, and entries in them that survive a loss of power.</summary>
internal static class PrivateFolder
{
    /// <summary>EEXIST, the same number on Linux and macOS.</summary>
    private const int FileExists = 17;

    /// <summary>Makes the folder and its missing parents; those that exist keep their rights.</summary>
    public static void Create(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Makes the folder's entries durable. .NET has no call for it; where the system refuses, the entries are as durable as it makes them.</summary>
    public static void Sync(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = Open(path, 0);
        if (descriptor < 0) return;
        _ = Fsync(descriptor);
        _ = Close(descriptor);
    }

    /// <summary>
    /// Gives a file its final name, or none: false when the name is taken. File.Move looks first and renames then, so that of two
    /// writers both could win; link(2) decides at once. Where the file system has no links, File.Move must do.
    /// </summary>
    public static bool TryMove(string from, string to)
    {
        if (!OperatingSystem.IsWindows())
        {
            if (Link(from, to) == 0)
            {
                File.Delete(from);
                return true;
            }
            if (Marshal.GetLastPInvokeError() == FileExists) return false;
        }
        try
        {
            File.Move(from, to, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(to))
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string from, [MarshalAs(UnmanagedType.LPUTF8Str)] string to);

    [DllImport("libc", EntryPoint = "open", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    private static extern int Fsync(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);
}
