namespace Tributary.Tests.Live.Support;

/// <summary>An example in a folder of its own, on a database of its own.</summary>
internal abstract class ExampleProject(DirectoryInfo folder, TestDatabase warehouse) : IAsyncDisposable
{
    public DirectoryInfo Folder => folder;

    public TestDatabase Warehouse => warehouse;

    /// <summary>What the program finds in its environment.</summary>
    public abstract Dictionary<string, string> Environment { get; }

    /// <summary>Runs a verb on this project.</summary>
    public Task<ProcessResult> RunAsync(params string[] arguments) => TributaryProcess.RunAsync(Environment, [.. arguments, "--project", Folder.FullName]);

    public TributaryProcess Start(params string[] arguments) => TributaryProcess.Start(Environment, [.. arguments, "--project", Folder.FullName]);

    /// <summary>A file below the project's folder.</summary>
    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!); // a path below the project has a folder
        File.WriteAllText(At(path), text);
    }

    public string At(string path) => Path.Combine(Folder.FullName, path);

    public virtual async ValueTask DisposeAsync()
    {
        await warehouse.DisposeAsync();
        Folder.Delete(recursive: true);
    }

    /// <summary>The example's files in a folder of their own, and the database's address, whose password is <paramref name="passwordVariable"/>, in its <c>tributary.yml</c>.</summary>
    protected static async Task<(DirectoryInfo Folder, TestDatabase Warehouse)> PrepareAsync(string name, string passwordVariable, string schema)
    {
        var (folder, warehouse) = (Directory.CreateTempSubdirectory($"tributary-{name}-"), await TestDatabase.CreateAsync(migrated: false));
        Copy(new DirectoryInfo(Path.Combine(Repository.Root, "examples", name)), folder);
        await File.AppendAllTextAsync(Path.Combine(folder.FullName, "tributary.yml"), $$"""

            warehouse:
              host: {{warehouse.Address.Host}}
              port: {{warehouse.Address.Port}}
              database: {{warehouse.Address.Database}}
              user: {{warehouse.Address.Username}}
              password: ${{{passwordVariable}}}
              schema: {{schema}}
            """);
        return (folder, warehouse);
    }

    private static void Copy(DirectoryInfo from, DirectoryInfo to)
    {
        foreach (var folder in from.EnumerateDirectories().Where(folder => folder.Name is not ("data" or ".tributary" or "target" or "exports-out")))
            Copy(folder, to.CreateSubdirectory(folder.Name));
        foreach (var file in from.EnumerateFiles()) file.CopyTo(Path.Combine(to.FullName, file.Name));
    }
}
