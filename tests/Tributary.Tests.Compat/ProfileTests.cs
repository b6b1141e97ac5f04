using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat;

/// <summary>Where a plain dbt project finds its warehouse.</summary>
public sealed class ProfileTests
{
    [Fact]
    public async Task Options_go_before_variables_and_variables_before_the_files()
    {
        await using var project = await DbtProject.CreateAsync();
        var profile = project.Read("profiles.yml");
        project.Write("profiles.yml", profile + Output("night") + Output("noon") + profile.Replace("shop:", "other:", StringComparison.Ordinal).Replace("schema: dbt", "schema: other", StringComparison.Ordinal));
        project.Write("models/a.sql", "select '{{ target.name }}' as target, '{{ target.profile_name }}' as profile");
        project.Environment["DBT_TARGET"] = "night";
        (await project.RunAsync("run")).Ok();
        (await project.RunAsync("run", "--target", "noon")).Ok();
        (await project.RunAsync("run", "--profile", "other", "--target", "dev")).Ok();
        Assert.Equal(["night|shop"], await project.LinesAsync("select * from night.a"));
        Assert.Equal(["noon|shop"], await project.LinesAsync("select * from noon.a"));
        Assert.Equal(["dev|other"], await project.LinesAsync("select * from other.a"));

        string Output(string name) => profile[profile.IndexOf("    dev:", StringComparison.Ordinal)..]
            .Replace("dev:", name + ":", StringComparison.Ordinal).Replace("schema: dbt", "schema: " + name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_of_the_environment_fills_the_profile_and_is_never_shown()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Environment["DBT_ENV_SECRET_WORD"] = project.Warehouse.Address.Password ?? "";
        project.Environment["SHOP_PORT"] = project.Warehouse.Address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        project.Write("profiles.yml", $$$"""
            shop:
              target: "{{ env_var('NOBODY_SETS', 'dev') }}"
              outputs:
                other:
                  type: postgres
                  host: "{{ env_var('NOT_SET_AND_NOT_ASKED') }}"
                dev:
                  type: postgres
                  host: "{{{project.Warehouse.Address.Host}}}"
                  port: "{{ env_var('SHOP_PORT') | as_number }}"
                  user: {{{project.Warehouse.Address.Username}}}
                  pass: "{{ env_var('DBT_ENV_SECRET_WORD') }}"
                  database: {{{project.Warehouse.Address.Database}}}
                  schema: dbt
                  connect_timeout: 7
                  keepalives_idle: 30
                  sslmode: prefer
                  retries: 3
                  search_path: "dbt, public"
                  role: {{{project.Warehouse.Address.Username}}}
            """);
        project.Write("models/a.sql", "{{ config(materialized='table') }} select '{{ target.port }}/{{ target.connect_timeout }}/{{ target.password is defined }}' as seen, current_setting('search_path') as path, current_role::text as who");
        (await project.RunAsync("run")).Ok();
        Assert.Equal(
            [$"{project.Warehouse.Address.Port}/7/False|dbt, public|{project.Warehouse.Address.Username}"], await project.LinesAsync("select * from dbt.a"));
    }

    [Fact]
    public async Task A_secret_in_a_model_is_refused()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Environment["DBT_ENV_SECRET_WORD"] = "hush-hush";
        project.Write("models/a.sql", "select '{{ env_var('DBT_ENV_SECRET_WORD') }}'");
        var run = (await project.RunAsync("run")).Expect(2);
        Assert.Contains("'DBT_ENV_SECRET_WORD' is a secret", run.Err, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", run.Err, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("type: postgres", "type: snowflake", "profiles.yml:5:7: TRB0307: the target 'dev' is for 'snowflake'; Tributary works in PostgreSQL")]
    [InlineData("schema: dbt", "shema: dbt", "TRB0104: the output has no 'schema'")]
    [InlineData("threads: 4", "threads: many", "profiles.yml:12:7: TRB0105: 'threads' is a text of 4 characters; expected a whole number")]
    [InlineData("threads: 4", "sslmode: verify_full", "'verify_full' is no sslmode\n  → Did you mean 'verify-full'?")]
    [InlineData("target: dev", "target: prod", "the profile 'shop' has no target 'prod'")]
    [InlineData("shop:", "shopp:", "has no profile 'shop'.\n  → Did you mean 'shopp'?")]
    public async Task What_is_wrong_in_the_profile_is_said_with_its_place(string from, string to, string expected)
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("profiles.yml", project.Read("profiles.yml").Replace(from, to, StringComparison.Ordinal));
        Assert.Contains(expected, (await project.RunAsync("ls")).Expect(2).Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_key_of_an_output_is_warned_of()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("profiles.yml", project.Read("profiles.yml") + "      thread: 4\n");
        project.Write("models/a.sql", "select 1 as id");
        Assert.Contains("an output for PostgreSQL has no key 'thread'; it is passed over\n  → Did you mean 'threads'?", (await project.RunAsync("run")).Ok().Err, StringComparison.Ordinal);
    }
}
