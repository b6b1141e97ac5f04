namespace Tributary.Tests.Live.Jobs;

/// <summary>Workers that end, well or not, by the real program.</summary>
public sealed class WorkerTests
{
    private const string Serve = "serve: { listen: 127.0.0.1:0, lease: 2s }";

    /// <summary>A step that says that it has begun and waits until a table is there.</summary>
    private static async Task<JobsProject> WaitingAsync()
    {
        var project = await JobsProject.CreateAsync(Serve);
        await project.Warehouse.ExecuteAsync("create table public.gate (is_open boolean); insert into public.gate values (false)");
        project.Write("macros/waits.sql", """
            {% macro waits() %}
              {% do run_query("do $$ begin while not (select is_open from public.gate) loop perform pg_sleep(0.05); end loop; insert into public.noted values ('done'); end $$") %}
            {% endmacro %}
            """);
        project.Write("jobs/waiting.yml", "schedule: {every: 1d}\nsteps:\n  - run_operation: {macro: waits}\n  - run_operation: {macro: note, args: {what: after}}\n");
        return project;
    }

    private static async Task WaitAsync(JobsProject project, string condition)
    {
        while (!await project.Warehouse.ScalarAsync<bool>($"select exists (select from tributary.job_step where {condition})")) await Task.Delay(50, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_killed_worker_s_step_goes_on_elsewhere_and_a_stopped_one_hands_it_back()
    {
        await using var project = await WaitingAsync();
        using var starter = project.Start("job", "waiting");
        await WaitAsync(project, "step = 1 and state = 'running' and run_id is not null");
        starter.Kill();
        await starter.EndAsync();

        using var first = project.Start("worker");
        await WaitAsync(project, "step = 1 and state = 'running' and lost = 1");
        first.Terminate();
        (await first.EndAsync()).Expect(0);
        Assert.Equal(["ready|1"], await project.Warehouse.LinesAsync("select state, lost from tributary.job_step where step = 1"));

        using var second = project.Start("worker");
        await WaitAsync(project, "step = 1 and state = 'running'");
        await project.Warehouse.ExecuteAsync("update public.gate set is_open = true");
        await WaitAsync(project, "step = 2 and state = 'succeeded'");
        second.Terminate();
        (await second.EndAsync()).Expect(0);
        Assert.Equal(["done", "after"], await project.NotedAsync());
        Assert.Equal(["waiting|succeeded|"], await project.RunsAsync());
    }
}
