using System.Text.Json;
using Tributary.Core.Text;

namespace Tributary.Core.Postgres.Clusters;

/// <summary>What is kept about a complete cluster beside its data; <paramref name="Project"/> is the folder that it serves.</summary>
internal sealed record ClusterRecord(string Name, string Project, int Port)
{
    /// <summary>Null when the cluster was never completed. TRB0206 when the file cannot be read.</summary>
    public static ClusterRecord? Read(ClusterFolder folder)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(folder.RecordFile), ClusterJson.Default.ClusterRecord);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            throw new UserErrorException(ErrorCodes.ClusterMissing, null, $"The private cluster in {folder.Root} belongs to another user.",
                "Run the program as the user who made it, or name another server under `warehouse:` in tributary.yml.");
        }
        catch (JsonException)
        {
            throw new UserErrorException(ErrorCodes.ClusterMissing, null, $"{folder.RecordFile} is damaged.",
                "Delete it: the cluster then chooses a port anew; its data stay.");
        }
    }

    public Task WriteAsync(ClusterFolder folder, CancellationToken cancel) =>
        PrivateFile.WriteAsync(folder.RecordFile, JsonSerializer.Serialize(this, ClusterJson.Default.ClusterRecord), PrivateFile.OwnerOnly, cancel);
}
