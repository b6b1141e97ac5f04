using System.Text;
using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat.Packages;

/// <summary><c>deps</c>: which packages a project gets, from where, and what is kept of the decision.</summary>
public sealed class DepsTests
{
    private static (string, string) Macro(string name, string text) => ($"macros/{name}.sql", $"{{% macro {name}() %}}{text}{{% endmacro %}}");

    [Fact]
    public async Task Packages_of_the_hub_bring_what_they_want_themselves_and_the_decision_is_kept()
    {
        using var hub = new HubServer();
        hub.Publish("acme/base", "1.0.0", null, null, Macro("depth", "1"));
        hub.Publish("acme/base", "1.2.0", null, null, Macro("depth", "12"));
        hub.Publish("acme/base", "2.0.0", null, null, Macro("depth", "20"));
        hub.Publish("acme/tools", "0.9.0", [("acme/base", [">=1.0.0", "<2.0.0"])], null, Macro("deep", "{{ base.depth() }} + 100"));
        hub.Publish("acme/tools", "1.0.0-rc1", null, null);
        hub.Publish("acme/tools", "0.10.0", [("acme/base", [">=2.0.0"])], ["<1.0.0"]);
        await using var project = await DbtProject.CreateAsync();
        project.Environment["DBT_PACKAGE_HUB_URL"] = hub.Address;
        project.Write("packages.yml", "packages:\n  - package: acme/tools\n    version: [\">=0.8.0\", \"<2.0.0\"]\n");
        project.Write("models/a.sql", "select {{ tools.deep() }} as depth");

        Assert.Contains("packages.yml:2:5: TRB0118: 1 packages are asked for, and dbt_packages holds 0\n  → Run `tributary deps`.", (await project.RunAsync("run")).Expect(2).Err, StringComparison.Ordinal);
        Assert.Equal("tools: acme/tools 0.9.0\nbase: acme/base 1.2.0 (2.0.0 is there)\n", (await project.RunAsync("deps")).Ok().Out);
        (await project.RunAsync("run")).Ok();
        Assert.Equal(["112"], await project.LinesAsync("select depth from dbt.a"));
        Assert.StartsWith("packages:\n  - name: tools\n    package: acme/tools\n    version: 0.9.0\n  - name: base\n    package: acme/base\n    version: 1.2.0\nsha1_hash: ", project.Read("package-lock.yml"), StringComparison.Ordinal);

        hub.Publish("acme/base", "1.3.0", null, null, Macro("depth", "13"));
        Assert.Contains("acme/base 1.2.0", (await project.RunAsync("deps")).Ok().Out, StringComparison.Ordinal);
        Assert.Contains("acme/base 1.3.0", (await project.RunAsync("deps", "--upgrade")).Ok().Out, StringComparison.Ordinal);
        Assert.Equal(["base", "tools"], Directory.GetDirectories(project.PathOf("dbt_packages")).Select(Path.GetFileName).Order());
        Assert.Equal(["dbt_packages"], Directory.GetDirectories(project.Folder, "dbt_packages*").Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_conflict_says_who_wants_what()
    {
        using var hub = new HubServer();
        hub.Publish("acme/base", "1.0.0");
        hub.Publish("acme/base", "2.0.0");
        hub.Publish("acme/tools", "1.0.0", [("acme/base", [">=2.0.0"])]);
        await using var project = await DbtProject.CreateAsync();
        project.Environment["DBT_PACKAGE_HUB_URL"] = hub.Address;
        project.Write("packages.yml", "packages:\n  - {package: acme/base, version: 1.0.0}\n  - {package: acme/tools, version: '>=1.0.0,<2.0.0'}\n");
        Assert.Contains(
            "packages.yml:2:5: TRB0119: no version of acme/base is what everybody wants: packages.yml wants =1.0.0; tools wants >=2.0.0. There are 1.0.0, 2.0.0",
            (await project.RunAsync("deps")).Expect(2).Err, StringComparison.Ordinal);
        project.Write("packages.yml", "packages:\n  - {package: acme/bse, version: 1.0.0}\n");
        Assert.Contains($"TRB0118: the hub {hub.Address} has no package 'acme/bse'\n  → Did you mean 'acme/base'?", (await project.RunAsync("deps")).Expect(2).Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_renamed_package_is_followed()
    {
        using var hub = new HubServer();
        hub.Publish("acme/base", "1.0.0", null, null, Macro("depth", "1"));
        hub.Put("api/v1/old/base.json", Encoding.UTF8.GetBytes("""{"name": "base", "namespace": "old", "versions": {}, "redirectnamespace": "acme", "redirectname": null}"""));
        await using var project = await DbtProject.CreateAsync();
        project.Environment["DBT_PACKAGE_HUB_URL"] = hub.Address;
        project.Write("packages.yml", "packages:\n  - {package: old/base, version: 1.0.0}\n");
        Assert.Contains("the package old/base is now called acme/base; change it in packages.yml", (await project.RunAsync("deps")).Ok().Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repositories_folders_and_archives_are_packages_too()
    {
        using var hub = new HubServer();
        hub.Put("x.tar.gz", HubServer.Archive(("top/dbt_project.yml", "name: packed\n"), ("top/macros/m.sql", "{% macro who() %}'packed'{% endmacro %}"), ("top/macros/evil", "link:/etc/passwd"), ("loose", "x")));
        using var repository = new GitRepository();
        var first = repository.Commit("v1", ("deep/er/dbt_project.yml", "name: kept\n"), ("deep/er/macros/m.sql", "{% macro who() %}'first'{% endmacro %}"));
        repository.Commit("v2", ("deep/er/macros/m.sql", "{% macro who() %}'second'{% endmacro %}"));
        await using var project = await DbtProject.CreateAsync();
        project.Write("shared/dbt_project.yml", "name: near\n");
        project.Write("shared/macros/m.sql", "{% macro who() %}'near'{% endmacro %}");
        project.Environment["HOST"] = hub.Address;
        project.Write("dependencies.yml", $$$"""
            projects: [{name: other}]
            packages:
              - git: "file://{{{repository.Folder}}}"
                revision: {{{first[..10]}}}
                subdirectory: deep/er
              - local: shared
              - tarball: "{{ env_var('HOST') }}x.tar.gz"
                name: packed
            """);
        project.Write("models/a.sql", "select {{ kept.who() }} as kept, {{ near.who() }} as near, {{ packed.who() }} as packed");
        (await project.RunAsync("deps")).Ok();
        (await project.RunAsync("run")).Ok();
        Assert.Equal(["first|near|packed"], await project.LinesAsync("select * from dbt.a"));
        Assert.Contains($"    revision: {first}\n    subdirectory: deep/er\n", project.Read("package-lock.yml"), StringComparison.Ordinal);
        Assert.False(File.Exists(project.PathOf("dbt_packages/packed/macros/evil")));

        (await project.RunAsync("deps")).Ok(); // from the lock
        project.Write("packages.yml", $"packages:\n  - git: {repository.Folder}\n    subdirectory: deep/er\n");
        File.Delete(project.PathOf("dependencies.yml"));
        Assert.Contains("is bound to its default branch, which may change without notice", (await project.RunAsync("deps")).Ok().Err, StringComparison.Ordinal);
        Assert.Contains("'second'", project.Read("dbt_packages/kept/macros/m.sql"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_fetch_leaves_the_packages_that_lie_there()
    {
        using var hub = new HubServer();
        hub.Publish("acme/base", "1.0.0");
        await using var project = await DbtProject.CreateAsync();
        project.Environment["DBT_PACKAGE_HUB_URL"] = hub.Address;
        project.Write("packages.yml", "packages:\n  - {package: acme/base, version: 1.0.0}\n");
        (await project.RunAsync("deps")).Ok();
        hub.Put("evil.tar.gz", HubServer.Archive(("top/dbt_project.yml", "name: evil\n"), ("top/../../evil.sql", "x")));
        project.Write("packages.yml", $"packages:\n  - {{package: acme/base, version: 1.0.0}}\n  - {{tarball: {hub.Address}evil.tar.gz, name: evil}}\n");
        Assert.Contains("TRB0120", (await project.RunAsync("deps")).Expect(2).Err, StringComparison.Ordinal);
        Assert.True(File.Exists(project.PathOf("dbt_packages/base/dbt_project.yml")));
        Assert.False(File.Exists(project.PathOf("evil.sql")));
        Assert.Equal(["dbt_packages"], Directory.GetDirectories(project.Folder, "dbt_packages*").Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("git: 'ext::sh -c touch% /tmp/x'", "is no address of a repository")]
    [InlineData("git: '--upload-pack=touch /tmp/x'", "is no address of a repository")]
    [InlineData("git: 'https://example.org/x'\n    revision: --output=x", "is no branch, tag or commit")]
    [InlineData("git: 'https://example.org/x'\n    subdirectory: ../../etc", "leaves the repository")]
    [InlineData("private: a/b", "private packages belong to dbt's own service")]
    [InlineData("package: dbt_utils\n    version: 1.0.0", "'dbt_utils' is no package of the hub")]
    [InlineData("package: a/b", "the package a/b has no version")]
    [InlineData("package: a/b\n    version: new", "'new' is no version")]
    [InlineData("tarball: https://example.org/x.tar.gz", "a tarball needs the name of its package")]
    public async Task What_must_not_be_fetched_is_refused(string entry, string expected)
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("packages.yml", $"packages:\n  - {entry}\n");
        Assert.Contains(expected, (await project.RunAsync("deps")).Expect(2).Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_is_added_to_the_file_and_the_lock_is_written_alone()
    {
        using var hub = new HubServer();
        hub.Publish("acme/base", "1.0.0");
        hub.Publish("acme/base", "1.1.0");
        await using var project = await DbtProject.CreateAsync();
        project.Environment["DBT_PACKAGE_HUB_URL"] = hub.Address;
        project.Write("packages.yml", "# ours\npackages:\n  - package: acme/base # old\n    version: 1.0.0\n\nother: 1\n");
        (await project.RunAsync("deps", "--lock", "--add-package", "acme/base@>=1.0.0,<2.0.0")).Ok();
        Assert.Equal("# ours\npackages:\n  - package: acme/base\n    version: [\">=1.0.0\", \"<2.0.0\"]\n\nother: 1\n", project.Read("packages.yml"));
        Assert.Contains("version: 1.1.0", project.Read("package-lock.yml"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(project.PathOf("dbt_packages")));
    }
}
