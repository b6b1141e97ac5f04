using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat.Properties;

/// <summary>Models in versions: where each goes, and which one a reference means.</summary>
public sealed class VersionTests
{
    private const string Yaml = """
        models:
          - name: person
            latest_version: 2
            description: People.
            config: {materialized: table, tags: [base], meta: {owner: a, level: 1}}
            columns:
              - {name: id, tests: [unique]}
              - {name: old}
            versions:
              - v: 1
                deprecation_date: 2020-01-01
                config: {alias: person_first}
              - v: 2
                columns:
                  - include: all
                    exclude: [old]
                  - {name: born, tests: [not_null]}
              - v: 3
                defined_in: person_next
                config: {materialized: view, meta: {level: 3}}
                tests: []
        """;

    private static async Task<DbtProject> CreateAsync()
    {
        var project = await DbtProject.CreateAsync();
        project.Write("models/person.yml", Yaml);
        project.Write("models/person_v1.sql", "select 1 as id, 'x' as old");
        project.Write("models/person.sql", "select 2 as id, date '2000-01-01' as born");
        project.Write("models/deep/person_next.sql", "select 3 as id");
        project.Write("models/reader.sql", """
            select (select max(id) from {{ ref('person') }}) as latest, (select max(id) from {{ ref('person', v=1) }}) as first,
                   (select max(id) from {{ ref('shop', 'person', version='3') }}) as next, '{{ ref('person', v=3) }}' as name
            """);
        return project;
    }

    [Fact]
    public async Task Each_version_is_a_model_of_its_own_and_a_reference_without_one_means_the_latest()
    {
        await using var project = await CreateAsync();
        (await project.RunAsync("build")).Ok();
        Assert.Equal([$"2|1|3|\"{project.Warehouse.Address.Database}\".\"dbt\".\"person_v3\""], await project.LinesAsync("select * from dbt.reader"));
        Assert.Equal(["person_first|r", "person_v2|r", "person_v3|v"], await project.LinesAsync("select relname, relkind from pg_class where relname like 'person%' order by 1"));
    }

    [Fact]
    public async Task Names_and_tests_carry_the_version()
    {
        await using var project = await CreateAsync();
        var lines = (await project.RunAsync("ls")).Ok().Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "shop.deep.person.v3", "shop.not_null_person_v2_born", "shop.person.v1", "shop.person.v2", "shop.reader",
                "shop.unique_person_v1_id", "shop.unique_person_v2_id", "shop.unique_person_v3_id",
            ],
            lines);
    }

    [Theory]
    [InlineData("ref('person', v=7)", "ref('person', v=7): 'person' has no version 7 (read by reader)\n  → It has: 1, 2, 3.")]
    [InlineData("ref('person_v1')", "ref('person_v1'): the project has no model, seed or snapshot of this name (read by reader)\n  → Known: person, plain, reader.")]
    [InlineData("ref('plain', v=1)", "ref('plain', v=1): 'plain' has no versions (read by reader)\n  → Leave the version out.")]
    public async Task A_version_that_is_not_there_is_named_with_those_that_are(string call, string expected)
    {
        await using var project = await CreateAsync();
        project.Write("models/plain.sql", "select 1 as id");
        project.Write("models/reader.sql", $"select * from {{{{ {call} }}}}");
        Assert.Contains(expected, (await project.RunAsync("ls")).Expect(2).Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_without_a_file_is_passed_over_with_a_warning()
    {
        await using var project = await CreateAsync();
        File.Delete(project.PathOf("models/deep/person_next.sql"));
        project.Write("models/reader.sql", "select 1 as id");
        Assert.Contains("models/person.yml:18:9: TRB0111: these are properties of version 3 of 'person' (in the file person_next), but there is no such file among the models", (await project.RunAsync("run")).Ok().Err, StringComparison.Ordinal);
    }
}
