using Tributary.Core.Models.Caching;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Text;
using Tributary.Core.Text.Yaml;

namespace Tributary.Core.Models.Files;

/// <summary>Reads every file of one package, in parallel, in a stable order. Nothing is rendered but strings of YAML.</summary>
internal sealed class PackageReader(string root, ProjectReads reads, ModelSettings settings, YamlTemplates strings, Problems problems)
{
    private const string ProjectFile = "dbt_project.yml";

    /// <summary>Reads the package in <paramref name="folder"/>; shown paths are relative to the project's root.</summary>
    public PackageFiles Read(string folder)
    {
        var path = Path.Combine(folder, ProjectFile);
        var shown = Shown(path);
        var project = DbtProjectReader.Read(YamlFile.Read(reads.Bytes(path), shown, problems), folder, shown, new YamlValues(strings.OfProjectFile(), problems));
        if (settings.ChecksVersion) RequiredVersion.Check(project, problems);
        var search = new FileSearch(folder, reads);
        RefuseUnsupported(search, project);
        var tests = ReadSql(search, project.Name, project.TestPaths);
        return new PackageFiles(project)
        {
            Models = ReadSql(search, project.Name, project.ModelPaths),
            Macros = [.. ReadSql(search, project.Name, project.MacroPaths), .. tests.Where(IsGeneric)],
            SingularTests = [.. tests.Where(file => file.Folders is not ["generic" or "fixtures", ..])],
            Fixtures = ReadTexts(project.Name, search.Find([.. project.TestPaths.Select(tests => $"{tests}/fixtures")], ".csv", ".sql")),
            Snapshots = ReadSql(search, project.Name, project.SnapshotPaths),
            Analyses = ReadSql(search, project.Name, project.AnalysisPaths),
            Seeds = [.. search.Find(project.SeedPaths, ".csv").Select(found => Seed(project.Name, found))],
            Properties = ReadProperties(search, project),
            Docs = ReadTexts(project.Name, search.Find(project.DocsPaths.Count > 0 ? project.DocsPaths : project.ResourcePaths, ".md")),
        };
    }

    /// <summary>A file that would be passed over silently is a relation that is missing later.</summary>
    private void RefuseUnsupported(FileSearch search, DbtProject project)
    {
        foreach (var found in search.Find(project.ModelPaths, ".py"))
            problems.Add(ErrorCodes.NotSupported, new SourcePosition(Shown(found.Path), 1), "a model in Python cannot be built here", "Write it in SQL.");
    }

    private static bool IsGeneric(SqlFile file) => file.Folders is ["generic", ..];

    private SqlFile[] ReadSql(FileSearch search, string package, IReadOnlyList<string> paths) => ReadTexts(package, search.Find(paths, ".sql"));

    private SqlFile[] ReadTexts(string package, List<FileSearch.Found> found)
    {
        var files = new SqlFile[found.Count];
        Parallel.For(0, found.Count, i =>
            files[i] = new SqlFile(package, Shown(found[i].Path), found[i].Folders, Path.GetFileNameWithoutExtension(found[i].Path), reads.Text(found[i].Path)));
        return files;
    }

    private SeedFile Seed(string package, FileSearch.Found found) =>
        new(package, Shown(found.Path), found.Folders, Path.GetFileNameWithoutExtension(found.Path), found.Path);

    private PropertyFile[] ReadProperties(FileSearch search, DbtProject project)
    {
        var found = search.Find(project.ResourcePaths, ".yml", ".yaml").Where(file => !settings.OtherFiles.Contains(Shown(file.Path))).ToList();
        var findings = new Problems[found.Count];
        var files = new PropertyFile?[found.Count];
        Parallel.For(0, found.Count, i =>
        {
            var shown = Shown(found[i].Path);
            var own = findings[i] = new Problems();
            try
            {
                files[i] = new PropertyFile(project.Name, shown, found[i].Folders, YamlFile.Read(reads.Bytes(found[i].Path), shown, own));
            }
            catch (UserErrorException error)
            {
                own.Add(error);
            }
        });
        foreach (var own in findings) problems.Add(own);
        return [.. files.OfType<PropertyFile>()];
    }

    private string Shown(string path) => Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/');
}
