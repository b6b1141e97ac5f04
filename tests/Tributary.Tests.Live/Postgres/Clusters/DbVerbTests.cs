using System.Text.Json;
using Tributary.Core.Postgres;
using Tributary.Core.Text;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Postgres.Clusters;

/// <summary><c>tributary db</c> as a user runs it.</summary>
public sealed class DbVerbTests
{
    [Fact]
    public async Task Processes_that_start_at_once_make_one_cluster_and_psql_works_in_it()
    {
        await using var project = new TemporaryProject();

        var starts = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => RunAsync(project, "db", "start")));

        Assert.Single(starts.Select(start => start.Expect(0).Output).Distinct());
        var status = JsonDocument.Parse((await RunAsync(project, "db", "status", "--json")).Expect(0).Output).RootElement;
        Assert.Equal(project.Postmaster, status.GetProperty("process_id").GetInt32());
        Assert.Equal("tributary\n", (await RunAsync(project, "db", "psql", "--", "-XAtc", "select current_user")).Expect(0).Output);
        (await RunAsync(project, "db", "psql", "--", "-Xc", "select 1 / 0")).Expect(1);
        Assert.Contains("Stopped", (await RunAsync(project, "db", "stop")).Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("stopped", (await RunAsync(project, "db", "status")).Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Psql_works_in_a_warehouse_that_the_project_names_and_hides_the_password()
    {
        await using var project = new TemporaryProject();
        await using var warehouse = await TestDatabase.CreateAsync(migrated: false);
        var address = warehouse.Address;
        await File.AppendAllTextAsync(Path.Combine(project.Folder, "tributary.yml"), $$"""
            warehouse:
              host: {{address.Host}}
              port: {{address.Port}}
              database: {{address.Database}}
              user: {{address.Username}}
              password: ${SAMPLE_PASSWORD}
            """, TestContext.Current.CancellationToken);
        project.Variables["SAMPLE_PASSWORD"] = address.Password ?? "";

        var seen = (await RunAsync(project, "db", "psql", "--", "-XAt", "-c", "select current_database()", "-c", @"\! tr '\0' ' ' </proc/$PPID/cmdline")).Expect(0).Output;

        Assert.StartsWith(address.Database + "\n", seen, StringComparison.Ordinal);
        Assert.Contains("psql", seen, StringComparison.Ordinal);
        Assert.DoesNotContain(address.Password!, seen, StringComparison.Ordinal);
        Assert.Contains("no private cluster", (await RunAsync(project, "db", "start")).Expect(0).Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(project.State));
    }

    [Fact]
    public async Task Missing_programs_are_named_with_the_package_to_install()
    {
        await using var project = new TemporaryProject();
        project.Variables[PostgresBinaries.Variable] = project.Folder;

        var start = (await RunAsync(project, "db", "start")).Expect(2);

        Assert.Contains(ErrorCodes.BinariesMissing, start.Errors, StringComparison.Ordinal);
    }

    private static Task<ProcessResult> RunAsync(TemporaryProject project, params string[] arguments) =>
        TributaryProcess.RunAsync(project.Variables, [.. arguments[..2], "--project", project.Folder, .. arguments[2..]]);
}
