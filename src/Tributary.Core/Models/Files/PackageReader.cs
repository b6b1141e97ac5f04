using System.Collections.Concurrent;
using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Models.Files;

/// <summary>Reads every file of one package, in parallel, in a stable order. Nothing is rendered but strings of YAML.</summary>
internal sealed class PackageReader(string root, Func<string, SourcePosition, object?> render, Problems problems)
{
    private const string ProjectFile = "dbt_project.yml";

    private static readonly EnumerationOptions Deep = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.System };

    /// <summary>Reads the package in <paramref name="folder"/>; shown paths are relative to the project's root.</summary>
    public PackageFiles Read(string folder)
    {
        var path = Path.Combine(folder, ProjectFile);
        var shown = Shown(path);
        var project = DbtProjectReader.Read(YamlFile.Read(path, shown), folder, shown, new YamlValues(render, problems));
        RefuseUnsupported(folder, project);
        return new PackageFiles(project)
        {
            Models = ReadSql(project.Name, folder, project.ModelPaths),
            Macros = [.. ReadSql(project.Name, folder, project.MacroPaths), .. GenericTests(project, folder)],
            SingularTests = [.. ReadSql(project.Name, folder, project.TestPaths).Where(file => !IsGeneric(file))],
            Snapshots = ReadSql(project.Name, folder, project.SnapshotPaths),
            Seeds = [.. Search(folder, project.SeedPaths, ".csv").Select(found => Seed(project.Name, found))],
            Properties = ReadProperties(project, folder),
            Docs = [.. Search(folder, [.. project.ModelPaths, .. project.MacroPaths, .. project.SeedPaths], ".md")
                .Select(found => new SqlFile(project.Name, Shown(found.Path), found.Folders, Path.GetFileNameWithoutExtension(found.Path), File.ReadAllText(found.Path)))],
        };
    }

    /// <summary>A file that would be passed over silently is a relation that is missing later.</summary>
    private void RefuseUnsupported(string folder, DbtProject project)
    {
        foreach (var found in Search(folder, project.ModelPaths, ".py"))
            problems.Add(ErrorCodes.NotSupported, new SourcePosition(Shown(found.Path), 1), "a model in Python cannot be built here", "Write it in SQL.");
    }

    private IEnumerable<SqlFile> GenericTests(DbtProject project, string folder) =>
        ReadSql(project.Name, folder, project.TestPaths).Where(IsGeneric);

    private static bool IsGeneric(SqlFile file) => file.Folders is ["generic", ..];

    private SqlFile[] ReadSql(string package, string folder, IReadOnlyList<string> paths)
    {
        var found = Search(folder, paths, ".sql");
        var files = new SqlFile[found.Count];
        Parallel.For(0, found.Count, i =>
            files[i] = new SqlFile(package, Shown(found[i].Path), found[i].Folders, Path.GetFileNameWithoutExtension(found[i].Path), File.ReadAllText(found[i].Path)));
        return files;
    }

    private SeedFile Seed(string package, Found found) =>
        new(package, Shown(found.Path), found.Folders, Path.GetFileNameWithoutExtension(found.Path), found.Path);

    private PropertyFile[] ReadProperties(DbtProject project, string folder)
    {
        string[] paths = [.. project.ModelPaths, .. project.SeedPaths, .. project.MacroPaths, .. project.TestPaths, .. project.SnapshotPaths];
        var found = Search(folder, [.. paths.Distinct()], ".yml", ".yaml");
        var failures = new ConcurrentBag<UserErrorException>();
        var files = new PropertyFile?[found.Count];
        Parallel.For(0, found.Count, i =>
        {
            try
            {
                var shown = Shown(found[i].Path);
                files[i] = new PropertyFile(project.Name, shown, YamlFile.Read(found[i].Path, shown));
            }
            catch (UserErrorException error)
            {
                failures.Add(error);
            }
        });
        foreach (var failure in failures) problems.Add(failure);
        return [.. files.OfType<PropertyFile>()];
    }

    private readonly record struct Found(string Path, IReadOnlyList<string> Folders);

    private static List<Found> Search(string folder, IReadOnlyList<string> paths, params string[] extensions)
    {
        var found = new List<Found>();
        foreach (var path in paths)
        {
            var top = Path.GetFullPath(Path.Combine(folder, path));
            if (!Directory.Exists(top)) continue;
            foreach (var file in Directory.EnumerateFiles(top, "*", Deep))
            {
                if (!extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)) continue;
                var below = Path.GetDirectoryName(Path.GetRelativePath(top, file)) ?? "";
                found.Add(new Found(file, below.Length == 0 ? [] : below.Split(Path.DirectorySeparatorChar)));
            }
        }
        found.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return found;
    }

    private string Shown(string path) => Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/');
}
