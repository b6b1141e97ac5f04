using Tributary.Core.Graph;
using Tributary.Core.Projects;
using Tributary.Core.Runs.Queue;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Tests.Live.Jobs;

/// <summary>What the scheduler makes of the clock; the clock is the test's.</summary>
public sealed class SchedulerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Requirement("H9")]
    public async Task Two_schedulers_make_one_run_of_an_instant_on_the_day_without_a_two_o_clock()
    {
        await using var project = await JobsProject.CreateAsync();
        project.Write("jobs/daily.yml", "schedule: {cron: 0 2 * * *, zone: America/Los_Angeles}\nsteps:\n  - run_operation: {macro: note, args: {what: x}}\n");
        var clock = new SetClock("2026-03-08T09:00:00Z");
        var (one, other) = (Scheduler(project, clock), Scheduler(project, clock));
        var files = await LoadAsync(project);
        await one.LookAsync(files, Cancel);

        for (var hour = 0; hour < 30; hour++)
        {
            clock.Now = clock.Now.AddHours(1);
            await Task.WhenAll(one.LookAsync(files, Cancel), other.LookAsync(files, Cancel));
        }

        Assert.Equal(["2026-03-08 10:00|queued", "2026-03-09 09:00|queued"], await RunsAsync(project));
    }

    [Theory]
    [InlineData("last", "10:00|skipped 11:00|skipped 12:00|queued")]
    [InlineData("all", "10:00|queued 11:00|queued 12:00|queued")]
    [InlineData("none", "10:00|skipped 11:00|skipped 12:00|skipped")]
    public async Task Missed_instants_are_run_or_recorded_as_skipped(string missed, string expected)
    {
        await using var project = await JobsProject.CreateAsync();
        project.Write("jobs/hourly.yml", $"schedule: {{every: 1h, missed: {missed}}}\nsteps:\n  - run_operation: {{macro: note, args: {{what: x}}}}\n");
        var clock = new SetClock("2026-03-08T09:30:00Z");
        var files = await LoadAsync(project);
        await Scheduler(project, clock).LookAsync(files, Cancel);

        clock.Now = clock.Now.AddHours(3);
        await Scheduler(project, clock).LookAsync(files, Cancel);

        Assert.Equal(expected, string.Join(' ', (await RunsAsync(project)).Select(run => run["2026-03-08 ".Length..])));
        Assert.DoesNotContain("|skipped|", await project.Warehouse.LinesAsync("select state, coalesce(because, '') from tributary.job_run where state = 'skipped'"));
    }

    [Theory]
    [InlineData("queue", "10:00|queued 11:00|queued")]
    [InlineData("skip", "10:00|queued 11:00|skipped")]
    [InlineData("cancel", "10:00|cancelled 11:00|queued")]
    public async Task A_run_that_is_still_on_is_waited_for_or_not_as_the_job_says(string overlap, string expected)
    {
        await using var project = await JobsProject.CreateAsync();
        project.Write("jobs/hourly.yml", $"overlap: {overlap}\nschedule: {{every: 1h}}\nsteps:\n  - run_operation: {{macro: note, args: {{what: x}}}}\n");
        var clock = new SetClock("2026-03-08T09:59:00Z");
        var files = await LoadAsync(project);
        var scheduler = Scheduler(project, clock);
        await scheduler.LookAsync(files, Cancel);
        for (var hour = 0; hour < 2; hour++)
        {
            clock.Now = clock.Now.AddHours(1);
            await scheduler.LookAsync(files, Cancel);
        }
        Assert.Equal(expected, string.Join(' ', (await RunsAsync(project)).Select(run => run["2026-03-08 ".Length..])));
    }

    [Fact]
    public async Task A_job_is_due_when_the_one_before_it_succeeded_and_when_its_hook_was_called()
    {
        await using var project = await JobsProject.CreateAsync("serve: { hooks: { s3: { secret: \"${JOBS_TEST_HOOK}\" } } }");
        project.Further["JOBS_TEST_HOOK"] = "a secret of the tests";
        project.Write("jobs/first.yml", "schedule: {hook: s3}\nsteps:\n  - run_operation: {macro: note, args: {what: first}}\n");
        project.Write("jobs/second.yml", "schedule: {after: first}\nsteps:\n  - run_operation: {macro: note, args: {what: second}}\n");
        var files = await LoadAsync(project);
        var clock = new SetClock("2026-03-08T09:59:00Z");
        var scheduler = Scheduler(project, clock);
        Assert.Equal(1, await scheduler.CalledAsync(files, "s3", Cancel));
        Assert.Equal(0, await scheduler.LookAsync(files, Cancel));
        var queue = new JobQueue(project.Warehouse.Database, new ProjectKey("jobs", "dev"));
        var claim = await queue.ClaimAsync("test", TimeSpan.FromMinutes(1), ["first", "second"], null, Cancel);
        await queue.EndAsync(claim!, new StepEnd.Succeeded(), Cancel);

        Assert.Equal(1, await scheduler.LookAsync(files, Cancel));
        Assert.Equal(0, await scheduler.LookAsync(files, Cancel));
        Assert.Equal(["first|hook s3", "second|after first (job run 1)"], await project.Warehouse.LinesAsync("select job, cause from tributary.job_run order by 1"));
    }

    private static JobScheduler Scheduler(JobsProject project, TimeProvider clock)
    {
        var database = project.Warehouse.Database;
        return new JobScheduler(new JobQueue(database, new ProjectKey("jobs", "dev")), database, clock, new EnvironmentVariables(_ => null));
    }

    private static Task<Project> LoadAsync(JobsProject project) => Project.LoadAsync(
        new ProjectRequest(project.Folder.FullName, new EnvironmentVariables(name => project.Environment.GetValueOrDefault(name)), new KindCatalog(typeof(Project).Assembly)), Cancel);

    private static Task<string[]> RunsAsync(JobsProject project) =>
        project.Warehouse.LinesAsync("select to_char(due at time zone 'UTC', 'YYYY-MM-DD HH24:MI'), state from tributary.job_run order by due");

    private sealed class SetClock(string now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.Parse(now);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
