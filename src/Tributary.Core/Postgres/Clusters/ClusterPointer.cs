using System.Text.Json;
using Tributary.Core.Text;

namespace Tributary.Core.Postgres.Clusters;

/// <summary><c>.tributary/cluster.json</c> in a project: which cluster is its own. Without it the cluster is found by the project's path.</summary>
internal sealed record ClusterPointer(string Name, int Port, string DataDirectory)
{
    public static string PathIn(string project) => Path.Combine(project, ".tributary", "cluster.json");

    /// <summary>Null when there is none. TRB0206 when it cannot be read.</summary>
    public static ClusterPointer? Read(string project)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(PathIn(project)), ClusterJson.Default.ClusterPointer);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or UnauthorizedAccessException)
        {
            throw new UserErrorException(ErrorCodes.ClusterMissing, new SourcePosition(PathIn(project)),
                "The pointer to the private cluster cannot be read.", "Delete the file: the cluster is then found by the project's path.");
        }
    }

    /// <summary>The cluster's folder in the state directory.</summary>
    public ClusterFolder Folder() => new(Path.GetDirectoryName(RealPath.Of(DataDirectory))!); // a data directory has a parent

    public async Task WriteAsync(string project, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.Combine(project, ".tributary"));
        await PrivateFile.WriteAsync(PathIn(project), JsonSerializer.Serialize(this, ClusterJson.Default.ClusterPointer), PrivateFile.Readable, cancel);
    }
}
