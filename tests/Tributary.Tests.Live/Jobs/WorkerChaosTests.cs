using Tributary.Core.Jobs;
using Tributary.Core.Text;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Jobs;

/// <summary>
/// Three workers that are killed and stopped at random moments, over many short jobs that one scheduler makes due: each due instant has exactly
/// one effect, counted in the table that the jobs write to, and nothing that a lost holder sent got through.
/// </summary>
public sealed class WorkerChaosTests(ITestOutputHelper output)
{
    private const int Workers = 3;
    private const int Jobs = 8;

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("TRIBUTARY_LONG") is { Length: > 0 };
    private static readonly TimeSpan Chaos = IsLong ? TimeSpan.FromMinutes(10) : TimeSpan.FromSeconds(20);

    /// <summary>Seconds of each job that were missed before the scheduler came; later ones come as the clock goes.</summary>
    private static readonly int Missed = IsLong ? 300 : 160;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_due_instant_has_exactly_one_effect_whatever_happens_to_the_workers()
    {
        await using var project = await JobsProject.CreateAsync("serve: { listen: 127.0.0.1:0, lease: 2s, slots: 2 }");
        await project.Warehouse.ExecuteAsync("create table public.effect (job text, due text, lease text, at timestamptz default clock_timestamp())");
        project.Write("macros/effect.sql", """
            {% macro effect(job, due) %}
              {% do run_query("insert into public.effect (job, due, lease) values ('" ~ job ~ "', '" ~ due ~ "', current_setting('tributary.lease'))") %}
              {% do run_query("select pg_sleep(0.02)") %}
            {% endmacro %}
            """);
        for (var job = 0; job < Jobs; job++)
            project.Write($"jobs/job{job}.yml", "schedule: {every: " + Every(job) + ", missed: all}\nsteps:\n  - run_operation: {macro: effect, args: {job: '{job}', due: '{due}'}}\n");
        await MissAsync(project);

        using var scheduler = project.Start("serve", "--target", "dev");
        var workers = Enumerable.Range(0, Workers).Select(_ => project.Start("worker")).ToList();
        var (kills, stops) = await TormentAsync(project, workers);
        var end = await EndAsync(project, scheduler);
        foreach (var worker in workers) worker.Dispose();

        var rows = await project.Warehouse.LinesAsync("""
            select r.state, count(*), count(distinct (r.job, r.due)), sum(e.effects)::int, max(e.effects)::int, min(e.effects)::int, sum(s.lost)::int, sum((e.lease <> format('%s.%s.%s.%s', s.job_run_id, s.step, s.item, s.fence))::int)::int
            from tributary.job_run r
            join tributary.job_step s using (job_run_id)
            left join lateral (
                select count(*) as effects, max(f.lease) as lease
                from public.effect f
                where f.job = r.job and f.due = to_char(r.due at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
            ) e on true
            group by r.state
            """);
        output.WriteLine($"{kills} kills, {stops} stops; state|runs|instants|effects|most|least|lost|effects of an earlier holder: {string.Join("  ", rows)}");
        foreach (var failed in await project.Warehouse.LinesAsync("select job, due, because from tributary.job_run where state <> 'succeeded'")) output.WriteLine(failed);
        var parts = Assert.Single(rows).Split('|');
        Assert.Equal("succeeded", parts[0]);
        Assert.Equal((parts[1], parts[1], "1", "1"), (parts[2], parts[3], parts[4], parts[5]));
        Assert.Equal($"{await project.Warehouse.ScalarAsync<long>("select count(*) from public.effect")}", parts[1]);
        Assert.True(int.Parse(parts[6]) > 0, "no worker was lost with a step in its hands");
        await AssertNoneMissingAsync(project, end);
    }

    private static string Every(int job) => job < 4 ? "1s" : "2s";

    /// <summary>The schedules were looked at some time ago, so that there is much to do at once.</summary>
    private static async Task MissAsync(JobsProject project)
    {
        for (var job = 0; job < Jobs; job++)
        {
            var every = TimeSpan.FromSeconds(job < 4 ? 1 : 2);
            var schedule = new Schedule(new SourcePosition("jobs"), Every: every);
            await project.Warehouse.ExecuteAsync("insert into tributary.job_schedule values ('jobs', 'dev', $1, $2, date_trunc('second', now()) - $3 * interval '1 second')", $"job{job}", schedule.ToString(), Missed);
        }
    }

    /// <summary>Kills and stops, each worker by itself; a killed one is started anew, a stopped one goes on when its lease is long over, or soon.</summary>
    private static async Task<(int Kills, int Stops)> TormentAsync(JobsProject project, List<TributaryProcess> workers)
    {
        var done = await Task.WhenAll(Enumerable.Range(0, workers.Count).Select(victim => TormentAsync(project, workers, victim, new Random(20260308 + victim))));
        return (done.Sum(each => each.Kills), done.Sum(each => each.Stops));
    }

    private static async Task<(int Kills, int Stops)> TormentAsync(JobsProject project, List<TributaryProcess> workers, int victim, Random chance)
    {
        var (kills, stops) = (0, 0);
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(2 + (chance.NextDouble() * 4)), Cancel); // it has begun to work, mostly
            if (TimeProvider.System.GetElapsedTime(began) > Chaos) return (kills, stops);
            if (chance.Next(2) == 0)
            {
                workers[victim].Kill();
                await workers[victim].EndAsync();
                workers[victim].Dispose();
                workers[victim] = project.Start("worker");
                kills++;
            }
            else
            {
                workers[victim].Stop();
                await Task.Delay(TimeSpan.FromSeconds(chance.NextDouble() * 5), Cancel);
                workers[victim].Continue();
                stops++;
            }
        }
    }

    /// <summary>Nothing more becomes due, and what is due comes to its end. The last instant that was looked at.</summary>
    private static async Task<DateTime> EndAsync(JobsProject project, TributaryProcess scheduler)
    {
        for (var job = 0; job < Jobs; job++) // from now on nothing is due for years
            project.Write($"jobs/job{job}.yml", "schedule: {cron: 0 0 29 2 *, zone: UTC}\nsteps:\n  - run_operation: {macro: effect, args: {job: '{job}', due: '{due}'}}\n");
        for (var quiet = 0; quiet < 3;)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), Cancel);
            quiet = await project.Warehouse.ScalarAsync<long>("select count(*) from tributary.job_run where state in ('queued', 'running')") == 0 ? quiet + 1 : 0;
        }
        scheduler.Terminate();
        (await scheduler.EndAsync()).Expect(0);
        return await project.Warehouse.ScalarAsync<DateTime>("select min(seen_until) from tributary.job_schedule where schedule like 'every%'");
    }

    private static async Task AssertNoneMissingAsync(JobsProject project, DateTime end)
    {
        for (var job = 0; job < Jobs; job++)
        {
            var due = (await project.Warehouse.RowsAsync("select due from tributary.job_run where job = $1 and due <= $2 order by due", $"job{job}", end)).Select(row => new DateTimeOffset((DateTime)row[0]!)).ToList();
            var schedule = new Schedule(new SourcePosition("jobs"), Every: TimeSpan.FromSeconds(job < 4 ? 1 : 2));
            Assert.Equal(schedule.Due(due[0] - TimeSpan.FromMilliseconds(1), due[^1]), due);
        }
    }
}
