namespace Tributary.Tests.Live.Jobs;

/// <summary><c>job NAME</c>, by the real program.</summary>
public sealed class JobTests
{
    [Fact]
    public async Task Steps_are_one_plan_so_that_a_failure_blocks_only_what_is_made_from_it()
    {
        await using var project = await JobsProject.CreateAsync();
        project.Write("models/good.sql", "select 1 as id");
        project.Write("models/bad.sql", "select 1 / 0 as id");
        project.Write("models/_models.yml", "version: 2\nmodels:\n  - {name: good, columns: [{name: id}]}\n  - {name: bad, columns: [{name: id}]}\n");
        project.Write("destinations/local.yml", "kind: folder\npath: out\ntracks: [pii]\n");
        foreach (var model in new[] { "good", "bad" }) project.Write($"exports/{model}.yml", $"to: local\ntrack: pii\nfile: {model}.zip\nrelations: [{model}]\norder_by:\n  {model}: [id]\n");
        project.Write("jobs/nightly.yml", "steps:\n  - build: all\n  - export: all\n  - run_operation: {macro: note, args: {what: after}}\n");

        var result = (await project.RunAsync("job", "nightly")).Expect(1);

        Assert.Contains("nightly failed: build, export: bad: TRB0304", result.Output, StringComparison.Ordinal);
        Assert.Equal(["good"], await project.Warehouse.LinesAsync("select distinct export from tributary.delivery"));
        Assert.Empty(await project.NotedAsync());
        Assert.Equal(["1|failed", "2|skipped"], await project.Warehouse.LinesAsync("select step, state from tributary.job_step order by step"));
        Assert.Equal(["job nightly|failed"], await project.Warehouse.LinesAsync("select verb, status from tributary.run"));
    }

    [Fact]
    [Requirement("H6")]
    public async Task Items_of_years_and_states_succeed_and_fail_by_themselves()
    {
        await using var project = await JobsProject.CreateAsync();
        project.Write("settings.yml", "settings:\n  states_{year}: {type: list, from_year: 2023, values: [CA, TX, WA]}\n");
        project.Write("macros/fails.sql", "{% macro fails(what) %}{% do note(what) %}{% if 'TX' in what %}{% do run_query('select 1 / 0') %}{% endif %}{% endmacro %}");
        project.Write("jobs/yearly.yml", """
            parameters: { prefix: x }
            steps:
              - run_operation: { macro: fails, args: { what: "{prefix} {year} {state}" } }
                for_each:
                  year: { from: 2023, to: 2024 }
                  state: { setting: "states_{year}" }
            """);
        (await project.RunAsync("settings", "set", "states_2023", "ca, TX CA")).Expect(0);
        (await project.RunAsync("settings", "set", "states_2024", "WA")).Expect(0);

        var result = (await project.RunAsync("job", "yearly", "--var", "prefix=y")).Expect(1);

        Assert.Contains("1 of 3 items failed", result.Output, StringComparison.Ordinal);
        Assert.Equal(["y 2023 CA", "y 2024 WA"], await project.NotedAsync());
    }

    [Fact]
    public async Task A_job_that_is_off_is_recorded_as_disabled_when_it_is_run_by_hand_too()
    {
        await using var project = await JobsProject.CreateAsync();
        project.Write("jobs/noting.yml", "switch: {env: NOTING_ON}\nsteps:\n  - run_operation: {macro: note, args: {what: noted}}\n");

        (await project.RunAsync("job", "noting")).Expect(0);
        Assert.Equal(["noting|disabled|the variable NOTING_ON is not on"], await project.RunsAsync());
        Assert.Empty(await project.NotedAsync());

        project.Further["NOTING_ON"] = "yes";
        (await project.RunAsync("job", "noting")).Expect(0);
        Assert.Equal(["noted"], await project.NotedAsync());
    }

    [Fact]
    public async Task Check_finds_every_mistake_in_the_files_of_jobs()
    {
        await using var project = await JobsProject.CreateAsync();
        project.Write("jobs/a.yml", "schedule: [{after: b}, {cron: 0 2 * * *}, {cron: 61 * * * *, zone: Mars/Phobos}, {hook: nothing}]\nsteps:\n  - sync: nowhere\n  - export: none\n");
        project.Write("jobs/b.yml", "schedule: {after: a}\nsteps:\n  - bild: all\n");
        project.Write("jobs/c.yml", "schedule: {after: d}\nswitch: {setting: unknown}\nsteps:\n  - run_operation: {macro: note, args: {what: '{who}'}}\n");
        project.Write("jobs/d.yml", "schedule: {after: c}\nsteps:\n  - sync: nowhere\n");

        var first = (await project.RunAsync("check")).Expect(2).Errors;
        foreach (var expected in new[] { "jobs/a.yml:1:24", "needs a zone", "minute '61'", "Mars/Phobos", "jobs/b.yml:3:5", "'bild'", "Did you mean 'build'?" })
            Assert.Contains(expected, first, StringComparison.Ordinal);

        project.Write("jobs/a.yml", "schedule: [{after: b}, {hook: nothing}]\nsteps:\n  - export: none\n");
        File.Delete(project.At("jobs/b.yml"));
        var second = (await project.RunAsync("check")).Expect(2).Errors;
        foreach (var expected in new[] { "there is no job 'b'", "serve.hooks has no 'nothing'", "export: there is no 'none'", "'unknown' is no setting", "nothing is called {who}", "due after itself, through: c, d", "sync: there is no 'nowhere'" })
            Assert.Contains(expected, second, StringComparison.Ordinal);
    }
}
