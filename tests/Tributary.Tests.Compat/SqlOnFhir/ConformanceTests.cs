using System.Globalization;
using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat.SqlOnFhir;

/// <summary>The working group's public cases (<c>Cases/</c>, unchanged), and our own: whole views and single expressions.</summary>
public sealed class ConformanceTests
{
    private const int PublicCases = 108;

    [Fact]
    public async Task Every_public_case_passes() => Assert.Equal(PublicCases, await PassedAsync(Folder("Cases")));

    [Fact]
    public async Task Every_case_of_our_own_passes() => Assert.InRange(await PassedAsync(Folder("OwnCases")), 40, int.MaxValue);

    /// <summary>Each line of <c>Expressions/</c> as a collection, and as the one value that a column takes.</summary>
    [Fact]
    public async Task Every_expression_has_the_values_that_FHIRPath_says()
    {
        var suites = Directory.CreateTempSubdirectory("tributary-expressions");
        try
        {
            foreach (var file in Directory.EnumerateFiles(Folder("Expressions"), "*.txt"))
                await File.WriteAllTextAsync(Path.Combine(suites.FullName, Path.GetFileNameWithoutExtension(file) + ".json"), ExpressionSuite.Of(await File.ReadAllLinesAsync(file)));
            Assert.InRange(await PassedAsync(suites.FullName), 1_000, int.MaxValue);
        }
        finally
        {
            suites.Delete(recursive: true);
        }
    }

    /// <summary>How many cases there are; fails with all that the program said when one of them does.</summary>
    private static async Task<int> PassedAsync(string folder)
    {
        await using var project = await DbtProject.CreateAsync();
        var run = (await project.RunAsync("fhir", "test", folder, "--report", project.PathOf("report.json"))).Ok();
        Assert.DoesNotContain("\"passed\": false", project.Read("report.json"), StringComparison.Ordinal);
        return int.Parse(run.Out.Split(" of ")[0], CultureInfo.InvariantCulture);
    }

    private static string Folder(string name) => Path.Combine(AppContext.BaseDirectory, "SqlOnFhir", name);
}
