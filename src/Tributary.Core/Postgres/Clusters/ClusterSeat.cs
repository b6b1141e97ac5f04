using Tributary.Core.Text;

namespace Tributary.Core.Postgres.Clusters;

/// <summary>Which cluster a project has: its folder, and its record once the cluster is complete.</summary>
internal sealed record ClusterSeat(string Project, ClusterFolder Folder, ClusterRecord? Record, ClusterPointer? Pointer)
{
    public string Name => Path.GetFileName(Folder.Root);

    /// <summary>
    /// The pointer decides, so that a checkout that was moved keeps its data. A copied checkout carries a pointer to a cluster
    /// that another folder still uses: it gets its own. TRB0206 when the pointer names what is not there.
    /// </summary>
    public static ClusterSeat Find(string projectFolder, string stateDirectory)
    {
        var project = RealPath.Of(projectFolder);
        var own = new ClusterFolder(Path.Combine(stateDirectory, ClusterName.Of(project)));
        if (ClusterPointer.Read(project) is not { } pointer) return new ClusterSeat(project, own, ClusterRecord.Read(own), null);
        var named = pointer.Folder();
        if (ClusterRecord.Read(named) is not { } record) throw Missing(project, named);
        return record.Project != project && IsUsedBy(record.Project, named)
            ? new ClusterSeat(project, own, ClusterRecord.Read(own), null)
            : new ClusterSeat(project, named, record, pointer);
    }

    /// <summary>TRB0206: there was a cluster, and its data are gone.</summary>
    public static UserErrorException Missing(string project, ClusterFolder folder) => new(
        ErrorCodes.ClusterMissing, null, $"The private cluster's data directory {folder.DataDirectory} is missing or incomplete.",
        $"Restore {folder.Root} from a backup. To begin with an empty warehouse instead, delete {folder.RecordFile} and {ClusterPointer.PathIn(project)}.");

    private static bool IsUsedBy(string project, ClusterFolder folder) => ClusterPointer.Read(project)?.Folder() == folder;
}
