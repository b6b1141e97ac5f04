using System.Text;

namespace Tributary.Core.Postgres.Clusters;

/// <summary>What a server's log files gained since a mark.</summary>
internal sealed class ServerLog
{
    private const int Most = 64 * 1024;
    private readonly ClusterFolder folder;
    private readonly Dictionary<string, long> lengths;

    private ServerLog(ClusterFolder folder)
    {
        this.folder = folder;
        lengths = Files().ToDictionary(file => file.FullName, file => file.Length);
    }

    public static ServerLog Mark(ClusterFolder folder) => new(folder);

    /// <summary>The lines since the mark, of each file at most the last 64 KB.</summary>
    public string Since() => string.Concat(Files().OrderBy(file => file.LastWriteTimeUtc).Select(Tail));

    private string Tail(FileInfo file)
    {
        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var from = lengths.GetValueOrDefault(file.FullName);
        stream.Position = Math.Max(from > stream.Length ? 0 : from, stream.Length - Most);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private IEnumerable<FileInfo> Files() =>
        Directory.Exists(folder.LogDirectory) ? new DirectoryInfo(folder.LogDirectory).EnumerateFiles("*.log") : [];
}
