using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat.Properties;

/// <summary>Groups and access: who may refer to which model.</summary>
public sealed class AccessTests
{
    private static async Task<DbtProject> CreateAsync(string readerGroup)
    {
        var project = await DbtProject.CreateAsync();
        project.Write("models/g.yml", $$$"""
            groups:
              - {name: money, owner: {email: m@example.org}}
              - {name: people, owner: {name: p}}
            models:
              - {name: secret, access: private, config: {group: money}, columns: [{name: id, tests: [unique]}]}
              - {name: reader, config: {{{readerGroup}}}}
            """);
        project.Write("models/secret.sql", "select 1 as id");
        project.Write("models/reader.sql", "select * from {{ ref('secret') }}");
        return project;
    }

    [Fact]
    public async Task The_group_may_read_its_private_model_and_tests_of_it_too()
    {
        await using var project = await CreateAsync("{group: money}");
        (await project.RunAsync("build")).Ok();
    }

    [Theory]
    [InlineData("{group: people}", "models/reader.sql:1: TRB0309: model.shop.reader may not refer to model.shop.secret: it is private to the group 'money'")]
    [InlineData("{}", "model.shop.reader may not refer to model.shop.secret: it is private to the group 'money'")]
    [InlineData("{group: monney}", "'reader' belongs to the group 'monney', which nothing declares\n  → Did you mean 'money'?")]
    [InlineData("{group: money, access: privat}", "'privat' is no access that the model 'reader' could have\n  → Did you mean 'private'?")]
    public async Task Others_may_not(string config, string expected)
    {
        await using var project = await CreateAsync(config);
        Assert.Contains(expected, (await project.RunAsync("ls")).Expect(2).Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_that_restricts_access_shows_its_public_models_alone()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("dbt_packages/lib/dbt_project.yml", "name: lib\nrestrict-access: true\n");
        project.Write("dbt_packages/lib/models/m.yml", "models: [{name: open, access: public}]");
        project.Write("dbt_packages/lib/models/open.sql", "select * from {{ ref('shut') }}");
        project.Write("dbt_packages/lib/models/shut.sql", "select 1 as id");
        project.Write("models/a.sql", "select * from {{ ref('open') }}");
        (await project.RunAsync("run")).Ok();
        project.Write("models/a.sql", "select * from {{ ref('lib', 'shut') }}");
        Assert.Contains("it is protected, and the package 'lib' restricts access", (await project.RunAsync("run")).Expect(2).Err, StringComparison.Ordinal);
    }
}
