using Tributary.Synthetic;
using Tributary.Synthetic.Engage;

namespace Tributary.Tests.Live.Support;

/// <summary>The example <c>engage</c> in a folder of its own, on a database of its own, with its own synthetic data.</summary>
internal sealed class EngageProject : IAsyncDisposable
{
    private readonly TestDatabase warehouse;

    private EngageProject(DirectoryInfo folder, TestDatabase warehouse)
    {
        Folder = folder;
        this.warehouse = warehouse;
    }

    public DirectoryInfo Folder { get; }

    /// <summary>What the callers of hooks show.</summary>
    public const string HookSecret = "a secret of the tests";

    public TestDatabase Warehouse => warehouse;

    /// <summary>What a test adds to the environment.</summary>
    public Dictionary<string, string> Further { get; } = [];

    public string FhirFiles => Path.Combine(Folder.FullName, "data");

    /// <summary>What the program finds in its environment.</summary>
    public Dictionary<string, string> Environment => new(Further)
    {
        ["ENGAGE_FHIR_FILES"] = FhirFiles,
        ["ENGAGE_TEST_PASSWORD"] = warehouse.Address.Password!, // the test server always has one
        ["ENGAGE_PRIVACY_KEY"] = "a key of the tests, long enough to be taken",
        ["ENGAGE_HOOK_SECRET"] = HookSecret,
    };

    public static async Task<EngageProject> CreateAsync(double scale = 0.05)
    {
        var project = new EngageProject(Directory.CreateTempSubdirectory("tributary-engage-"), await TestDatabase.CreateAsync(migrated: false));
        Copy(new DirectoryInfo(Path.Combine(Repository.Root, "examples", "engage")), project.Folder);
        var file = Path.Combine(project.Folder.FullName, "tributary.yml");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("\nprivacy:\n", "\nprivacy:\n  key: ${ENGAGE_PRIVACY_KEY}\n") + $$"""

            warehouse:
              host: {{project.warehouse.Address.Host}}
              port: {{project.warehouse.Address.Port}}
              database: {{project.warehouse.Address.Database}}
              user: {{project.warehouse.Address.Username}}
              password: ${ENGAGE_TEST_PASSWORD}
              schema: engage_analytics
            """);
        EngageFhir.Write(new DirectoryInfo(project.FhirFiles), new SyntheticOptions { Scale = scale });
        return project;
    }

    /// <summary>Runs a verb on this project.</summary>
    public Task<ProcessResult> RunAsync(params string[] arguments) => TributaryProcess.RunAsync(Environment, [.. arguments, "--project", Folder.FullName]);

    public TributaryProcess Start(params string[] arguments) => TributaryProcess.Start(Environment, [.. arguments, "--project", Folder.FullName]);

    public string At(string path) => Path.Combine(Folder.FullName, path);

    public async ValueTask DisposeAsync()
    {
        await warehouse.DisposeAsync();
        Folder.Delete(recursive: true);
    }

    private static void Copy(DirectoryInfo from, DirectoryInfo to)
    {
        foreach (var folder in from.EnumerateDirectories().Where(folder => folder.Name is not ("data" or ".tributary" or "target" or "exports-out")))
            Copy(folder, to.CreateSubdirectory(folder.Name));
        foreach (var file in from.EnumerateFiles()) file.CopyTo(Path.Combine(to.FullName, file.Name));
    }
}
