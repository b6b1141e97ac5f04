using System.Globalization;

namespace Tributary.Core.Postgres.Clusters;

/// <summary>
/// The processes that work in a data directory. PostgreSQL's processes keep it as their current folder, so that a process id
/// that another program got after a crash or a reboot is not taken for the server's.
/// </summary>
internal static class Postmaster
{
    private const string Processes = "/proc";

    /// <summary>The server's process id; null when it does not run.</summary>
    public static int? Find(ClusterFolder folder) =>
        ReadId(folder) is { } id && (Directory.Exists(Processes) ? WorksIn(id, folder) : IsAlive(id)) ? id : null;

    /// <summary>Processes of the server that are still there, its children included.</summary>
    public static IReadOnlyList<int> Remaining(ClusterFolder folder)
    {
        if (!Directory.Exists(Processes)) return [];
        return [.. Directory.EnumerateDirectories(Processes)
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && WorksIn(id, folder))];
    }

    /// <summary>
    /// PostgreSQL refuses to start while the process that its pid file names lives, even when that is another program by now.
    /// The file also guards the shared memory of children that outlived a killed server, so it goes only when none is left.
    /// </summary>
    public static void ForgetStale(ClusterFolder folder)
    {
        if (!Directory.Exists(Processes) || ReadId(folder) is not { } id) return;
        if (IsAlive(id) && Remaining(folder).Count == 0) File.Delete(PidFile(folder));
    }

    private static string PidFile(ClusterFolder folder) => Path.Combine(folder.DataDirectory, "postmaster.pid");

    /// <summary>The first line of <c>postmaster.pid</c>; null when there is none.</summary>
    private static int? ReadId(ClusterFolder folder)
    {
        try
        {
            var first = File.ReadLines(PidFile(folder)).FirstOrDefault();
            return int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static bool WorksIn(int id, ClusterFolder folder)
    {
        try
        {
            return new FileInfo($"{Processes}/{id}/cwd").LinkTarget == folder.DataDirectory;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false; // it ended meanwhile, or is another user's
        }
    }

    private static bool IsAlive(int id)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
