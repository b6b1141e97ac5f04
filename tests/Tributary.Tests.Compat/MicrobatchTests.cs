using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat;

/// <summary>Models that are built one stretch of time after another.</summary>
public sealed class MicrobatchTests
{
    private const string Config = "materialized='incremental', incremental_strategy='microbatch', unique_key='id', event_time='at', begin='2024-01-01', batch_size='day'";

    [Fact]
    public async Task Each_batch_reads_its_own_events_and_only_the_last_ones_are_built_again()
    {
        await using var project = await EventsAsync($"{Config}, pre_hook=\"insert into hooks values ('before')\", post_hook=\"insert into hooks values ('after')\"");
        (await project.RunAsync("run", "--as-of", "2024-01-03T10:00:00Z")).Ok();
        Assert.Equal(["1|20240101|False", "2|20240102|True", "3|20240103|True"], await project.LinesAsync("select id, batch, incremental from dbt.counted order by id"));
        Assert.Equal(["before", "after"], await project.LinesAsync("select said from hooks"));
        await project.ExecuteAsync("update dbt.counted set batch = 'kept'; update events set kind = 'late' where id = 2; insert into events values (4, '2024-01-04 01:00', 'new')");
        (await project.RunAsync("run", "--as-of", "2024-01-04T10:00:00Z")).Ok();
        Assert.Equal(["1|a|kept", "2|a|kept", "3|a|20240103", "4|new|20240104"], await project.LinesAsync("select id, kind, batch from dbt.counted order by id"));
        (await project.RunAsync("run", "--event-time-start", "2024-01-02", "--event-time-end", "2024-01-03")).Ok();
        Assert.Equal(["2|late|20240102"], await project.LinesAsync("select id, kind, batch from dbt.counted where id = 2"));
        (await project.RunAsync("run", "--full-refresh", "--as-of", "2024-01-03T10:00:00Z")).Ok();
        Assert.Equal(["1|20240101|False", "2|20240102|True", "3|20240103|True"], await project.LinesAsync("select id, batch, incremental from dbt.counted order by id"));
    }

    [Fact]
    public async Task Render_reads_a_relation_whole_and_what_has_no_event_time_too()
    {
        await using var project = await EventsAsync(Config, "select id, at, (select count(*) from {{ ref('all_events').render() }}) as everything, (select count(*) from {{ ref('plain') }}) as plain from {{ ref('all_events') }}");
        project.Write("models/plain.sql", "select 1 as id union all select 2");
        (await project.RunAsync("run", "--as-of", "2024-01-03T10:00:00Z")).Ok();
        Assert.Equal(["1|3|2", "2|3|2", "3|3|2"], await project.LinesAsync("select id, everything, plain from dbt.counted order by id"));
    }

    [Fact]
    public async Task A_source_has_its_event_time_from_the_project_file_too()
    {
        await using var project = await EventsAsync(Config, "select id, at, (select count(*) from {{ source('raw', 'events') }}) as seen, (select count(*) from {{ source('raw', 'whole') }}) as whole from {{ source('raw', 'events') }}");
        project.Write("models/raw.yml", "sources: [{name: raw, schema: public, tables: [{name: events}, {name: whole, identifier: events, config: {event_time: null}}]}]");
        project.Configure("sources: {shop: {raw: {+event_time: at, +tags: [timed], +meta: {team: ours}}}}");
        (await project.RunAsync("run", "--select", "counted", "--as-of", "2024-01-03T10:00:00Z")).Ok();
        Assert.Equal(["1|1|3", "2|1|3", "3|1|3"], await project.LinesAsync("select id, seen, whole from dbt.counted order by id"));
        Assert.Equal(["source:shop.raw.events", "source:shop.raw.whole"], (await project.RunAsync("ls", "--select", "tag:timed", "--resource-type", "source")).Ok().Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
    }

    [Fact]
    public async Task A_batch_that_fails_leaves_the_others_committed()
    {
        await using var project = await EventsAsync(Config, "select id, at, 1 / (id - 2) as one from {{ ref('all_events') }}");
        var run = (await project.RunAsync("run", "--as-of", "2024-01-03T10:00:00Z")).Expect(1);
        Assert.Contains("1 of 3 batches failed, the first from 2024-01-02", run.Out + run.Err, StringComparison.Ordinal);
        Assert.Equal(["1", "3"], await project.LinesAsync("select id from dbt.counted order by id"));
        Assert.Contains("partial success", project.Read("target/run_results.json"), StringComparison.Ordinal);
        await project.ExecuteAsync("update dbt.counted set one = 99; delete from events where id = 2; insert into events values (20, '2024-01-02 12:00', 'a')");
        (await project.RunAsync("retry")).Ok();
        Assert.Equal(["1|99", "3|99", "20|0"], await project.LinesAsync("select id, one from dbt.counted order by id"));
    }

    [Fact]
    public async Task Without_a_first_batch_there_is_no_second()
    {
        await using var project = await EventsAsync(Config, "select id, at, 1 / (id - 1) as one from {{ ref('all_events') }}");
        var run = (await project.RunAsync("run", "--as-of", "2024-01-03T10:00:00Z")).Expect(1);
        Assert.Contains("3 of 3 batches failed", run.Out + run.Err, StringComparison.Ordinal);
        Assert.Equal(["0"], await project.LinesAsync("select count(*) from pg_class where relname = 'counted'"));
    }

    [Theory]
    [InlineData("event_time='at', ", "has no event_time")]
    [InlineData("begin='2024-01-01', ", "has no begin")]
    [InlineData("batch_size='day'", "has no batch_size")]
    public async Task What_a_microbatch_model_needs_is_demanded(string without, string said)
    {
        await using var project = await EventsAsync(Config.Replace(without, "", StringComparison.Ordinal));
        var run = await project.RunAsync("run");
        Assert.NotEqual(0, run.ExitStatus);
        Assert.Contains(said, run.Err, StringComparison.Ordinal);
    }

    private static async Task<DbtProject> EventsAsync(string config, string? sql = null)
    {
        var project = await DbtProject.CreateAsync();
        await project.ExecuteAsync("create table hooks (said text); create table events (id int, at timestamp, kind text); insert into events values (1, '2024-01-01 05:00', 'a'), (2, '2024-01-02 00:00', 'a'), (3, '2024-01-03 09:00', 'a')");
        project.Write("models/all_events.sql", "{{ config(event_time='at') }} select * from public.events");
        sql ??= "select id, at, kind, '{{ model.batch.id if model.batch else '' }}' as batch, {{ is_incremental() }} as incremental from {{ ref('all_events') }}";
        project.Write("models/counted.sql", $"{{{{ config({config}) }}}} {sql}");
        return project;
    }
}
