using Tributary.Core.Text;

namespace Tributary.Tests.Models.Files;

public sealed class ProjectFileTests
{
    [Fact]
    public void Older_names_of_paths_still_work()
    {
        using var folder = new DbtFolder("""
            --- dbt_project.yml
            name: shop
            source-paths: [sql]
            data-paths: [csv]
            modules-path: deps
            --- sql/a.sql
            select * from {{ ref('b') }} join {{ ref('calendar') }} using (id)
            --- csv/b.csv
            id
            --- deps/utils/dbt_project.yml
            name: utils
            --- deps/utils/models/calendar.sql
            select 1 as id
            """);
        Assert.Equal(["seed.shop.b", "model.utils.calendar"], folder.Load().Parsed.Find("model.shop.a")!.DependsOn);
    }

    [Fact]
    public void Both_names_of_one_path_are_refused()
    {
        using var folder = new DbtFolder("--- dbt_project.yml\nname: shop\nsource-paths: [a]\nmodel-paths: [b]\n");
        Assert.Equal(["dbt_project.yml:2:1: TRB0106: 'source-paths' is the older name of 'model-paths', and both are given"], folder.Problems());
    }

    [Fact]
    public void Several_model_paths_are_read_and_a_file_below_two_of_them_once()
    {
        using var folder = new DbtFolder("""
            --- dbt_project.yml
            name: shop
            model-paths: [models, models/deep, more]
            models: {shop: {inner: {+materialized: table}}}
            --- models/deep/a.sql
            select 1
            --- more/inner/b.sql
            select 2
            """);
        var nodes = folder.Load().Parsed.Nodes;
        Assert.Equal(["shop.deep.a:view", "shop.inner.b:table"], nodes.Select(node => $"{string.Join('.', node.Fqn)}:{node.Config.Materialized}"));
    }

    [Fact]
    public void Unknown_keys_and_keys_that_stand_twice_are_warned_of()
    {
        using var folder = new DbtFolder("""
            --- dbt_project.yml
            name: shop
            model-path: [models]
            profile: a
            profile: b
            """);
        var files = folder.Read();
        Assert.Equal("b", files.Project.Profile);
        Assert.Equal(
            [
                "dbt_project.yml:4:1: TRB0106: the key 'profile' stands twice; it was first given in line 3, and this one counts\n  → Remove one of the two.",
                "dbt_project.yml:2:1: TRB0103: dbt_project.yml has no key 'model-path'; it is passed over\n  → Did you mean 'model-paths'?",
            ],
            files.Warnings.Select(warning => warning.ToString()));
    }

    [Theory]
    [InlineData("'>=1.6.0'", null)]
    [InlineData("['>=1.0.0', '<2.0.0']", null)]
    [InlineData("'>=1.0.0,<2.0.0'", null)]
    [InlineData("1.10.13", null)]
    [InlineData("'>=2.0.0'", "TRB0113: 'shop' wants dbt >=2.0.0; this program behaves as dbt 1.10.13")]
    [InlineData("['>=0.20.0', '<1.0.0']", "TRB0113: 'shop' wants dbt >=0.20.0,<1.0.0; this program behaves as dbt 1.10.13")]
    [InlineData("latest", "TRB0115: 'latest' is no version")]
    public void The_version_of_dbt_that_a_project_wants_is_compared_with_the_one_that_we_behave_as(string wanted, string? expected)
    {
        using var folder = new DbtFolder($"--- dbt_project.yml\nname: shop\nrequire-dbt-version: {wanted}\n");
        Assert.Equal(expected is null ? [] : [$"dbt_project.yml:2:22: {expected}"], folder.Problems());
    }

    [Fact]
    public void Variables_of_the_command_line_alone_are_seen_in_the_project_file_and_those_of_the_package_in_its_properties()
    {
        using var folder = new DbtFolder("""
            --- dbt_project.yml
            name: shop
            vars: {area: north, utils: {depth: 2}}
            models: {+schema: "{{ var('area', 'none') }}"}
            --- models/a.sql
            select 1
            --- models/a.yml
            models: [{name: a, config: {alias: "a_{{ var('area') }}"}}]
            --- dbt_packages/utils/dbt_project.yml
            name: utils
            vars: {depth: 1, width: 7}
            --- dbt_packages/utils/models/b.sql
            select 1
            --- dbt_packages/utils/models/b.yml
            models: [{name: b, config: {alias: "b_{{ var('depth') }}_{{ var('width') }}_{{ var('area') }}"}}]
            """);
        var parsed = folder.Load().Parsed;
        Assert.Equal(("analytics_none", "a_north"), (parsed.Find("model.shop.a")!.Schema, parsed.Find("model.shop.a")!.Alias));
        Assert.Equal("b_2_7_north", parsed.Find("model.utils.b")!.Alias);
    }

    [Fact]
    public void Files_that_dbtignore_names_are_not_read()
    {
        using var folder = new DbtFolder("""
            --- .dbtignore
            # drafts
            *.draft.sql
            /models/old/
            !models/keep.draft.sql
            --- models/a.sql
            select 1
            --- models/x.draft.sql
            broken {{
            --- models/keep.draft.sql
            select 2
            --- models/old/deep/y.sql
            broken {{
            --- models/new/old/z.sql
            select 3
            """);
        Assert.Equal(["a", "keep.draft", "z"], folder.Load().Parsed.Nodes.Select(node => node.Name).Order());
    }

    [Fact]
    public void The_query_comment_is_a_text_or_a_map_and_nothing_turns_it_off()
    {
        Assert.Equal(("{{ note() }}", false), Comment("\"{{ note() }}\""));
        Assert.Equal(("x", true), Comment("{comment: x, append: true, job-label: true}"));
        Assert.Equal(("", false), Comment(""));

        static (string, bool) Comment(string yaml)
        {
            using var folder = new DbtFolder($"--- dbt_project.yml\nname: shop\nquery-comment: {yaml}\n");
            var comment = folder.Read().Project.QueryComment!;
            return (comment.Template, comment.Append);
        }
    }

    [Fact]
    public void A_name_that_no_package_can_have_is_refused()
    {
        using var folder = new DbtFolder("--- dbt_project.yml\nname: my-shop\n");
        var error = Assert.Throws<UserErrorException>(folder.Read).Errors.Single();
        Assert.Equal("dbt_project.yml:1:1: TRB0115: 'my-shop' cannot be a project's name", (error with { Hint = null }).ToString());
    }
}
