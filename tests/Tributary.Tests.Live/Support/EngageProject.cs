using Tributary.Synthetic;
using Tributary.Synthetic.Engage;

namespace Tributary.Tests.Live.Support;

/// <summary>The example <c>engage</c> with its own synthetic data.</summary>
internal sealed class EngageProject : ExampleProject
{
    /// <summary>What the callers of hooks show.</summary>
    public const string HookSecret = "a secret of the tests";

    private EngageProject(DirectoryInfo folder, TestDatabase warehouse) : base(folder, warehouse)
    {
    }

    public string FhirFiles => Path.Combine(Folder.FullName, "data");

    /// <summary>What a test adds to the environment.</summary>
    public Dictionary<string, string> Further { get; } = [];

    public override Dictionary<string, string> Environment => new(Further)
    {
        ["ENGAGE_FHIR_FILES"] = FhirFiles,
        ["ENGAGE_TEST_PASSWORD"] = Warehouse.Address.Password!, // the test server always has one
        ["ENGAGE_PRIVACY_KEY"] = "a key of the tests, long enough to be taken",
        ["ENGAGE_HOOK_SECRET"] = HookSecret,
    };

    public static async Task<EngageProject> CreateAsync(double scale = 0.05)
    {
        var (folder, warehouse) = await PrepareAsync("engage", "ENGAGE_TEST_PASSWORD", "engage_analytics");
        var file = Path.Combine(folder.FullName, "tributary.yml");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("\nprivacy:\n", "\nprivacy:\n  key: ${ENGAGE_PRIVACY_KEY}\n"));
        var project = new EngageProject(folder, warehouse);
        EngageFhir.Write(new DirectoryInfo(project.FhirFiles), new SyntheticOptions { Scale = scale });
        return project;
    }

    /// <summary>From now on the project reads a server instead of its files, as its README says.</summary>
    public void ReadServer(string address)
    {
        File.Copy(At("server/fhir.yml"), At("sources/fhir.yml"), overwrite: true);
        Further["ENGAGE_FHIR_BASE"] = address;
    }
}
