using Tributary.Core.Models.Caching;

namespace Tributary.Core.Models.Files;

/// <summary>Finds the files of a package below its search paths, in a stable order, without those that <c>.dbtignore</c> names.</summary>
internal sealed class FileSearch(string folder, ProjectReads reads)
{
    private readonly IgnoreFile ignored = IgnoreFile.Read(folder, reads);

    /// <summary>A file and the folders between its search path and itself.</summary>
    public readonly record struct Found(string Path, IReadOnlyList<string> Folders);

    /// <summary>A file below two paths is found once, by the first.</summary>
    public List<Found> Find(IReadOnlyList<string> paths, params string[] extensions)
    {
        var found = new List<Found>();
        var seen = paths.Count > 1 ? new HashSet<string>(StringComparer.Ordinal) : null;
        foreach (var path in paths)
        {
            var top = Path.GetFullPath(Path.Combine(folder, path));
            foreach (var file in reads.FilesBelow(top))
            {
                if (!HasExtension(file, extensions) || ignored.Ignores(Relative(folder, file)) || seen?.Add(file) == false) continue;
                var below = Path.GetDirectoryName(Path.GetRelativePath(top, file)) ?? "";
                found.Add(new Found(file, below.Length == 0 ? [] : below.Split(Path.DirectorySeparatorChar)));
            }
        }
        found.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return found;
    }

    private static bool HasExtension(string file, string[] extensions)
    {
        foreach (var extension in extensions)
        {
            if (file.EndsWith(extension, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }

    private static string Relative(string folder, string file) => Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/');
}
