using System.Text.Json;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Examples;

/// <summary>The whole road with the real program: FHIR files → raw tables → models → anonymous track → metrics → ZIP files.</summary>
public sealed class EngageTests
{
    private static readonly string[] AsOf = ["--as-of", "2025-12-31"];

    [Fact]
    [Requirement("E4", "E39", "E41", "E45", "X3", "X10")]
    public async Task Runs_end_to_end_and_a_second_time_finds_nothing_to_do()
    {
        await using var project = await EngageProject.CreateAsync();

        (await project.RunAsync("check")).Expect(0);
        (await project.RunAsync("sync")).Expect(0);
        (await project.RunAsync(["build", .. AsOf])).Expect(0);
        (await project.RunAsync(["export", .. AsOf])).Expect(0);

        await AssertEveryLineIsARowAsync(project);
        foreach (var track in new[] { "pii", "anon", "metrics" })
            Assert.Contains("manifest.json", ExportedZip.Read(ExportedZip.Find(project.At("exports-out"), track)).Keys);
        (await project.RunAsync("exports", "verify")).Expect(0);

        Assert.All(await OutcomesAsync(project, "sync"), outcome => Assert.Equal("skipped", outcome));
        Assert.All(await OutcomesAsync(project, ["build", .. AsOf]), outcome => Assert.Equal("skipped", outcome));
        Assert.All(await OutcomesAsync(project, ["export", .. AsOf]), outcome => Assert.Equal("skipped", outcome));
    }

    [Fact]
    [Requirement("E23", "E25", "E27")]
    public async Task The_anonymous_zip_holds_no_identifier_of_the_pii_zip_and_a_new_column_stays_at_home()
    {
        await using var project = await EngageProject.CreateAsync();
        (await project.RunAsync("sync")).Expect(0);
        (await project.RunAsync(["build", .. AsOf])).Expect(0);
        (await project.RunAsync(["export", .. AsOf])).Expect(0);

        var pii = ExportedZip.Csvs(ExportedZip.Find(project.At("exports-out"), "pii"));
        var anon = ExportedZip.Csvs(ExportedZip.Find(project.At("exports-out"), "anon"));
        var before = string.Join('\n', anon.Values);
        foreach (var identifier in await IdentifiersAsync(project)) Assert.False(before.Contains(identifier, StringComparison.Ordinal), "an identifier of the pii track is in the anonymous ZIP");
        Assert.NotEmpty(pii);

        var model = project.At("models/marts/patient.sql");
        await File.WriteAllTextAsync(model, $"select *, 'a new secret' as new_column from (\n{await File.ReadAllTextAsync(model)}\n) as before_the_change");
        (await project.RunAsync("build", "--as-of", "2026-01-01")).Expect(0);
        (await project.RunAsync("export", "--as-of", "2026-01-01")).Expect(0);

        var after = Directory.EnumerateFiles(project.At("exports-out"), "*_export_anon_20260101*.zip", SearchOption.AllDirectories).Single();
        Assert.DoesNotContain("new_column", ExportedZip.Csvs(after)["patient_anon.csv"], StringComparison.Ordinal);
        Assert.Contains("new_column", (await project.Warehouse.LinesAsync("select column_name from information_schema.columns where table_name = 'patient'")).ToHashSet());
    }

    [Fact]
    [Requirement("E45")]
    public async Task The_same_state_exported_twice_gives_equal_csv_bytes()
    {
        await using var project = await EngageProject.CreateAsync();
        (await project.RunAsync("sync")).Expect(0);
        (await project.RunAsync(["build", .. AsOf])).Expect(0);
        (await project.RunAsync(["export", .. AsOf])).Expect(0);
        var first = project.At("first");
        Directory.Move(project.At("exports-out"), first);
        (await project.RunAsync(["export", "--all", .. AsOf])).Expect(0);

        foreach (var track in new[] { "pii", "anon", "metrics" })
            Assert.Equal(ExportedZip.Csvs(ExportedZip.Find(first, track)), ExportedZip.Csvs(ExportedZip.Find(project.At("exports-out"), track)));
    }

    private static async Task AssertEveryLineIsARowAsync(EngageProject project)
    {
        foreach (var file in Directory.EnumerateFiles(project.FhirFiles, "*.ndjson").Where(file => !file.EndsWith("Questionnaire.ndjson", StringComparison.Ordinal)))
        {
            var table = Core.Text.Identifier.Snake(Path.GetFileNameWithoutExtension(file));
            Assert.Equal(File.ReadLines(file).LongCount(), await project.Warehouse.ScalarAsync<long>($"select count(*) from airbyte.{table}"));
        }
    }

    private static async Task<IReadOnlyList<string>> OutcomesAsync(EngageProject project, params string[] verb)
    {
        var result = (await project.RunAsync([.. verb, "--json"])).Expect(0);
        using var document = JsonDocument.Parse(result.Output);
        return [.. document.RootElement.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("outcome").GetString() ?? "")];
    }

    /// <summary>Ids, names, phones, e-mails and addresses as the raw resources hold them, long enough to be found by chance nowhere.</summary>
    private static async Task<IReadOnlyList<string>> IdentifiersAsync(EngageProject project)
    {
        var found = await project.Warehouse.LinesAsync(
            """
            select distinct value
            from airbyte.patient,
                 lateral (
                     select id as value
                     union all select resource #>> '{name,0,family}'
                     union all select t ->> 'value' from jsonb_array_elements(resource -> 'telecom') as t
                     union all select i ->> 'value' from jsonb_array_elements(resource -> 'identifier') as i
                     union all select l from jsonb_array_elements_text(resource #> '{address,0,line}') as l
                 ) as identifiers
            where length(value) >= 8
            """);
        Assert.True(found.Length > 20);
        return found;
    }
}
