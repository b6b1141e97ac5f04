using Tributary.Core.Models.Files;
using Tributary.Core.Text;

namespace Tributary.Core.Models;

/// <summary>The folders that <c>clean</c> deletes: <c>clean-targets</c> of dbt_project.yml, or where artifacts go.</summary>
public static class CleanTargets
{
    /// <summary>Deletes them and returns which were there. Refuses everything when one lies outside the project or holds its sources.</summary>
    public static IReadOnlyList<string> Delete(ModelFiles files)
    {
        var project = files.Project;
        foreach (var target in project.CleanTargets) Check(target, project);
        var deleted = new List<string>();
        foreach (var target in project.CleanTargets)
        {
            var path = Full(target, project);
            if (File.Exists(path)) File.Delete(path);
            else if (Directory.Exists(path)) DeleteFolder(path);
            else continue;
            deleted.Add(target);
        }
        return deleted;
    }

    private static void Check(string target, DbtProject project)
    {
        var path = Full(target, project);
        if (path == project.Folder || !IsWithin(path, project.Folder)) throw Refused(target, "lies outside the project", project);
        string[] sources = [.. project.ModelPaths, .. project.SeedPaths, .. project.MacroPaths, .. project.TestPaths, .. project.SnapshotPaths, .. project.AnalysisPaths];
        foreach (var source in sources)
        {
            if (IsWithin(Full(source, project), path)) throw Refused(target, $"holds '{source}'", project);
        }
    }

    private static UserErrorException Refused(string target, string because, DbtProject project) => new(ErrorCodes.InvalidValue, project.At,
        $"clean-targets: '{target}' {because}, so nothing is deleted.", "Name only folders below the project that can be made again.");

    private static string Full(string path, DbtProject project) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, project.Folder));

    private static bool IsWithin(string path, string folder) => path == folder || path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>A link is taken away; what it points at stays.</summary>
    private static void DeleteFolder(string path)
    {
        if (new DirectoryInfo(path).LinkTarget is not null) Directory.Delete(path);
        else Directory.Delete(path, recursive: true);
    }
}
