using Tributary.Core.Text;

namespace Tributary.Core.Graph.Selecting;

/// <summary>
/// The method <c>path:</c>: a file, its properties file, or a folder above the file; <c>*</c> stays within one folder, <c>**</c>
/// crosses them. A path is one of the project's own folder, so that a package's file matches by it only where the project has
/// such a path too.
/// </summary>
internal sealed class PathPattern(string pattern, string projectFolder, string rootPackage)
{
    private readonly Glob glob = new(Plain(pattern));

    public bool Matches(Selectable item)
    {
        if (item.Package == rootPackage || item.ResourceType is "load" or "export") return Matches(item.File) || (item.PatchFile is { } patch && glob.IsMatch(patch));
        return Find(item.ShownFile) is not null
            || (Find(item.File) ?? (item.PatchFile is { } file && glob.IsMatch(file) ? file : null)) is { } found && Path.Exists(Path.Combine(projectFolder, found));
    }

    private bool Matches(string file) => Find(file) is not null;

    /// <summary>The file or the folder above it that matches.</summary>
    private string? Find(string file)
    {
        if (glob.IsMatch(file)) return file;
        for (var slash = file.LastIndexOf('/'); slash > 0; slash = file.LastIndexOf('/', slash - 1))
        {
            if (glob.IsMatch(file[..slash])) return file[..slash];
        }
        return null;
    }

    private static string Plain(string pattern)
    {
        var path = pattern.Replace('\\', '/').TrimEnd('/');
        while (path.StartsWith("./", StringComparison.Ordinal)) path = path[2..];
        return path;
    }
}
