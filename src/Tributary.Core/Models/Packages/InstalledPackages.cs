using Tributary.Core.Models.Caching;
using Tributary.Core.Models.Files;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Text;

namespace Tributary.Core.Models.Packages;

/// <summary>The packages that lie in <c>dbt_packages</c>, or where <c>packages-install-path</c> says, in a stable order.</summary>
internal static class InstalledPackages
{
    /// <summary>Absolute folders. Packages that <c>packages.yml</c> asks for and that are not there are a problem.</summary>
    public static IReadOnlyList<string> Of(DbtProject root, ProjectReads reads, YamlTemplates strings, Problems problems)
    {
        string[] found = [.. reads.FoldersIn(Path.Combine(root.Folder, root.PackagesInstallPath)).Where(folder => reads.Bytes(Path.Combine(folder, "dbt_project.yml")) is not null)];
        if (!IsThere(root, reads, PackagesFile.UsualName) && !IsThere(root, reads, PackagesFile.OtherName)) return found;
        var wanted = PackagesFile.Read(root.Folder, "", strings, problems).Packages;
        if (found.Length < wanted.Count)
            problems.Add(ErrorCodes.PackageMissing, wanted[found.Length].At, $"{wanted.Count} packages are asked for, and {root.PackagesInstallPath} holds {found.Length}", "Run `tributary deps`.");
        return found;
    }

    private static bool IsThere(DbtProject root, ProjectReads reads, string name) => reads.Bytes(Path.Combine(root.Folder, name)) is not null;
}
