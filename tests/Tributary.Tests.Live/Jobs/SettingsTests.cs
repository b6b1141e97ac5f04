namespace Tributary.Tests.Live.Jobs;

/// <summary>Settings by the real program.</summary>
public sealed class SettingsTests
{
    private const string Declared = """
        settings:
          registry_{year}_states: { type: list, from_year: 2025, values: [AZ, CA, TX] }
          registry_{year}_enabled: { type: boolean, from_year: 2025, default: false }
          least: { type: number, default: 2, min: 1, max: 9 }
          until: { type: date, default: 2025-12-31 }
        """;

    [Fact]
    [Requirement("H5")]
    [Requirement("H6")]
    public async Task Settings_are_typed_and_every_change_is_kept_with_who_and_what_it_was()
    {
        await using var project = await JobsProject.CreateAsync();
        project.Write("settings.yml", Declared);

        (await project.RunAsync("settings", "set", "registry_2025_states", " ca,TX  ca ")).Expect(0);
        (await project.RunAsync("settings", "set", "registry_2025_states", "AZ")).Expect(0);
        Assert.Equal("AZ\n", (await project.RunAsync("settings", "get", "registry_2025_states")).Expect(0).Output);
        Assert.Equal(["∅|[\"CA\", \"TX\"]|1", "[\"CA\", \"TX\"]|[\"AZ\"]|1"],
            await project.Warehouse.LinesAsync("select before::text, after::text, (changed_by <> '')::int from tributary.setting_change order by change_id"));

        foreach (var (name, value, expected) in new[]
        {
            ("registry_2025_states", "CA,XX", "'XX' is none of AZ, CA, TX"), ("registry_2024_states", "CA", "not declared"), ("registry_2025_enabled", "maybe", "true or false"),
            ("least", "10", "not in 1 to 9"), ("least", "two", "a number"), ("until", "31.12.2025", "a date"), ("other", "1", "not declared"),
        })
        {
            Assert.Contains(expected, (await project.RunAsync("settings", "set", name, value)).Expect(2).Errors, StringComparison.Ordinal);
        }
        Assert.Contains("registry_2026_states is missing", (await project.RunAsync("check", "--settings")).Expect(2).Errors, StringComparison.Ordinal);
        Assert.Contains("registry_2026_states", (await project.RunAsync("status")).Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("H6")]
    public async Task An_import_takes_all_rows_or_none()
    {
        await using var project = await JobsProject.CreateAsync();
        project.Write("settings.yml", Declared);
        project.Write("settings.csv", "key,value,setting_type\nregistry_2025_states,\"CA, TX\",list\nregistry_2025_enabled,t,boolean\nleast,x,number\n");
        var refused = (await project.RunAsync("settings", "import", project.At("settings.csv"))).Expect(2);
        Assert.Contains("settings.csv:4: TRB0705: least", refused.Errors, StringComparison.Ordinal);
        Assert.Empty(await project.Warehouse.LinesAsync("select name from tributary.setting"));

        project.Write("settings.csv", "key,value,setting_type\nregistry_2025_states,\"CA, TX\",list\nregistry_2025_enabled,t,boolean\nleast,3,number\n");
        Assert.Contains("3 settings changed.", (await project.RunAsync("settings", "import", project.At("settings.csv"))).Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("0 settings changed, 3 as before", (await project.RunAsync("settings", "import", project.At("settings.csv"))).Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_reads_a_setting_is_built_again_when_it_changed_and_only_then()
    {
        await using var project = await JobsProject.CreateAsync();
        project.Write("settings.yml", Declared);
        project.Write("models/many.sql", "select n from generate_series(1, 9) n where n >= {{ setting('least') }}");
        project.Write("models/states.sql", "{% for state in setting('registry_2025_states', ['none']) %}select '{{ state }}' as state{{ ' union all ' if not loop.last }}{% endfor %}");

        (await project.RunAsync("build")).Expect(0);
        Assert.Equal(["8"], await project.Warehouse.LinesAsync("select count(*) from marts.many"));
        (await project.RunAsync("settings", "set", "least", "5")).Expect(0);
        Assert.Contains("1 model", (await project.RunAsync("build")).Expect(0).Output, StringComparison.Ordinal);
        Assert.Equal(["5"], await project.Warehouse.LinesAsync("select count(*) from marts.many"));
        Assert.Contains("2 fresh", (await project.RunAsync("build")).Expect(0).Output, StringComparison.Ordinal);

        project.Write("models/wrong.sql", "select {{ setting('nobody') }} as n");
        Assert.Contains("'nobody' is not declared", (await project.RunAsync("check")).Expect(2).Errors, StringComparison.Ordinal);
    }
}
