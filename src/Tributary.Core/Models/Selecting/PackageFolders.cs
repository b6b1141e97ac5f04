using Tributary.Core.Models.Files;

namespace Tributary.Core.Models.Selecting;

/// <summary>Turns a path from the project's folder on into one from its package's folder on, as dbt's artifacts have it.</summary>
internal sealed class PackageFolders
{
    private readonly Dictionary<string, string> prefixes = new(StringComparer.Ordinal);

    public PackageFolders(ModelFiles files)
    {
        foreach (var package in files.Packages)
        {
            var below = Path.GetRelativePath(files.Folder, package.Project.Folder).Replace(Path.DirectorySeparatorChar, '/');
            if (below != ".") prefixes[package.Project.Name] = below + "/";
        }
    }

    public string Within(string package, string shown) =>
        prefixes.TryGetValue(package, out var prefix) && shown.StartsWith(prefix, StringComparison.Ordinal) ? shown[prefix.Length..] : shown;
}
