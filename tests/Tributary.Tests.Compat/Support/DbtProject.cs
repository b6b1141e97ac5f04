using Tributary.Cli;
using Tributary.Core.Text;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Compat.Support;

/// <summary>
/// A plain dbt project in a folder of its own with a database of its own: package <c>shop</c>, target schema <c>dbt</c>. The
/// program runs in this process, with an environment that the test decides.
/// </summary>
internal sealed class DbtProject : IAsyncDisposable
{
    private DbtProject(TestDatabase warehouse, string folder)
    {
        Warehouse = warehouse;
        Folder = folder;
    }

    public TestDatabase Warehouse { get; }

    /// <summary>Absolute.</summary>
    public string Folder { get; }

    /// <summary>What <c>env_var()</c> and the program's own variables see.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>An empty project, or a copy of a golden one of <c>Projects/</c>.</summary>
    public static async Task<DbtProject> CreateAsync(string? golden = null)
    {
        var project = new DbtProject(await TestDatabase.CreateAsync(migrated: false), Directory.CreateTempSubdirectory("tributary-dbt").FullName);
        if (golden is not null) CopyFolder(Path.Combine(AppContext.BaseDirectory, "Projects", golden), project.Folder);
        else project.Write("dbt_project.yml", "name: shop\nversion: '1.0'\nconfig-version: 2\nprofile: shop\n");
        project.Write("profiles.yml", project.Profiles());
        return project;
    }

    public string PathOf(string path) => Path.Combine(Folder, path);

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllText(PathOf(path), text);
    }

    public string Read(string path) => File.ReadAllText(PathOf(path));

    /// <summary>Adds to <c>dbt_project.yml</c>.</summary>
    public void Configure(string yaml) => File.AppendAllText(PathOf("dbt_project.yml"), yaml.EndsWith('\n') ? yaml : yaml + "\n");

    /// <summary>One call of the program: <c>RunAsync("build", "--select", "a")</c>.</summary>
    public async Task<ProgramRun> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var call = new ProgramCall
        {
            Environment = new EnvironmentVariables(Environment.GetValueOrDefault),
            Output = TextWriter.Synchronized(output),
            Error = TextWriter.Synchronized(errors),
        };
        string[] words = [.. arguments, "--project-dir", Folder, "--profiles-dir", Folder];
        var status = await Entry.RunAsync(words, call, TestContext.Current.CancellationToken);
        return new ProgramRun(status, output.ToString(), errors.ToString());
    }

    /// <summary>Rows of a query as <c>a|b</c>, NULL as <c>∅</c>.</summary>
    public Task<string[]> LinesAsync(string sql) => Warehouse.LinesAsync(sql);

    public Task<int> ExecuteAsync(string sql) => Warehouse.ExecuteAsync(sql);

    private string Profiles() => $"""
        shop:
          target: dev
          outputs:
            dev:
              type: postgres
              host: "{Warehouse.Address.Host}"
              port: {Warehouse.Address.Port}
              user: {Warehouse.Address.Username}
              password: "{Warehouse.Address.Password}"
              dbname: {Warehouse.Address.Database}
              schema: dbt
              threads: 4

        """;

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Warehouse.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
