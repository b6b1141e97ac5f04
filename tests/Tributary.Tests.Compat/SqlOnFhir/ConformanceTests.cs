using Tributary.Tests.Compat.Support;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Compat.SqlOnFhir;

/// <summary>
/// The working group's public cases. They lie beside the checkout (<c>shared/data/sql-on-fhir</c>) or where
/// <c>TRIBUTARY_SQL_ON_FHIR_CASES</c> says.
/// </summary>
public sealed class ConformanceTests
{
    private const int PublicCases = 108;

    [Fact]
    public async Task Every_public_case_passes()
    {
        Assert.SkipWhen(Cases() is null, "The public cases are not on this machine.");
        await using var project = await DbtProject.CreateAsync();
        var report = project.PathOf("report.json");
        var run = (await project.RunAsync("fhir", "test", Cases()!, "--report", report)).Ok(); // skipped above
        var count = int.Parse(run.Out.Split(" of ")[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(count >= PublicCases, run.Out);
        Assert.Contains("\"passed\": true", File.ReadAllText(report), StringComparison.Ordinal);
    }

    private static string? Cases()
    {
        if (Environment.GetEnvironmentVariable("TRIBUTARY_SQL_ON_FHIR_CASES") is { Length: > 0 } named) return named;
        for (var folder = new DirectoryInfo(Repository.Root).Parent; folder is not null; folder = folder.Parent)
        {
            var cases = Path.Combine(folder.FullName, "shared", "data", "sql-on-fhir");
            if (Directory.Exists(cases)) return cases;
        }
        return null;
    }
}
