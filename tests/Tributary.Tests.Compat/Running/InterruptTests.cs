using Tributary.Tests.Compat.Support;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Compat.Running;

public sealed class InterruptTests
{
    [Fact]
    public async Task An_interrupt_cancels_on_the_server_and_leaves_what_stood()
    {
        await using var project = await DbtProject.CreateAsync();
        project.Write("models/a.sql", "{{ config(materialized='table') }} select {{ var('n') }} as n from (select pg_sleep({{ var('seconds') }})) s");
        project.Write("models/b.sql", "select n from {{ ref('a') }}");
        (await project.RunAsync("run", "--vars", "{n: 1, seconds: 0}")).Ok();
        using var run = TributaryProcess.Start(
            new Dictionary<string, string>(), "run", "--project-dir", project.Folder, "--profiles-dir", project.Folder, "--vars", "{n: 2, seconds: 600}");
        while ((await SleepersAsync(project))[0] == "0") await Task.Delay(20, TestContext.Current.CancellationToken);
        run.Interrupt();
        (await run.EndAsync()).Expect(130);
        Assert.Equal(["0"], await SleepersAsync(project));
        Assert.Equal(["1|1"], await project.LinesAsync("select a.n, b.n from dbt.a, dbt.b"));
    }

    private static Task<string[]> SleepersAsync(DbtProject project) =>
        project.LinesAsync("select count(*) from pg_stat_activity where application_name like 'tributary%' and datname = current_database() and state = 'active' and query like '%pg_sleep%'");
}
