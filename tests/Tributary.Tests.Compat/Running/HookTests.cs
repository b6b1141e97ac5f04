using Tributary.Tests.Compat.Support;

namespace Tributary.Tests.Compat.Running;

public sealed class HookTests
{
    private static async Task<DbtProject> CreateAsync()
    {
        var project = await DbtProject.CreateAsync();
        project.Configure("on-run-start: create table if not exists {{ target.schema }}.audit (n int generated always as identity, what text)");
        return project;
    }

    [Fact]
    public async Task Hooks_run_in_the_order_project_folder_model_and_know_this()
    {
        await using var project = await CreateAsync();
        project.Configure("""
            models:
              shop:
                +pre-hook: insert into dbt.audit (what) values ('project {{ this.name }}')
                marts:
                  +pre-hook:
                    - insert into dbt.audit (what) values ('folder {{ this.schema }}')
                  +post-hook:
                    - sql: insert into dbt.audit (what) select 'after ' || count(*) from {{ this }}
                      transaction: true
            """);
        project.Write("models/marts/a.sql", """
            {{ config(materialized='table', pre_hook="insert into dbt.audit (what) values ('model'); insert into dbt.audit (what) values ('second; statement')") }}
            select 1 as id
            """);
        (await project.RunAsync("run")).Ok();
        Assert.Equal(["project a", "folder dbt", "model", "second; statement", "after 1"], await project.LinesAsync("select what from dbt.audit order by n"));
    }

    /// <summary>Nodes hand sessions on to one another; what one left in its own is gone.</summary>
    [Theory]
    [InlineData("{'sql': \"set shop.kept = 'behind'\", 'transaction': true}")]
    [InlineData("{'sql': \"select set_config('shop.kept', 'behind', false)\", 'transaction': false}")]
    public async Task Settings_of_one_node_are_not_the_next_ones(string hook)
    {
        await using var project = await CreateAsync();
        project.Write("models/a.sql", $"{{{{ config(materialized='view', pre_hook={hook}) }}}} select 1 as id");
        project.Write("models/b.sql", "select id from {{ ref('a') }}");
        project.Write("models/c.sql", "{{ config(materialized='table') }} select id, coalesce(current_setting('shop.kept', true), '') as found from {{ ref('b') }}");
        project.Write("models/d.sql", "{{ config(materialized='table') }} select set_config('shop.kept', 'by a query', false) as what, found from {{ ref('c') }}");
        project.Write("models/e.sql", "select id from {{ ref('b') }} where exists (select from {{ ref('d') }})");
        project.Write("models/f.sql", "{{ config(materialized='table') }} select coalesce(current_setting('shop.kept', true), '') as found from {{ ref('e') }}");
        foreach (var attempt in new[] { "first", "again" })
        {
            (await project.RunAsync("run", "--threads", "1")).Ok();
            Assert.Equal([""], await project.LinesAsync("select found from dbt.c"));
            Assert.Equal([""], await project.LinesAsync($"select found from dbt.f /* {attempt} */"));
        }
    }

    [Fact]
    public async Task Hooks_outside_the_transaction_may_vacuum_before_and_after()
    {
        await using var project = await CreateAsync();
        project.Write("models/a.sql", """
            {{ config(
                materialized='table',
                pre_hook=[{'sql': 'vacuum dbt.audit', 'transaction': false}, before_begin("insert into dbt.audit (what) values ('before')"), in_transaction("insert into dbt.audit (what) values ('in')")],
                post_hook=[after_commit("vacuum analyze {{ this }}"), {'sql': "insert into dbt.audit (what) values ('after')", 'transaction': false}]) }}
            select 1 as id
            """);
        (await project.RunAsync("run")).Ok();
        (await project.RunAsync("run")).Ok();
        Assert.Equal(["before", "in", "after", "before", "in", "after"], await project.LinesAsync("select what from dbt.audit order by n"));
    }

    [Fact]
    public async Task A_hook_that_fails_in_the_transaction_takes_everything_back()
    {
        await using var project = await CreateAsync();
        project.Write("models/a.sql", "{{ config(materialized='table') }} select 1 as id");
        (await project.RunAsync("run")).Ok();
        project.Write("models/a.sql", """
            {{ config(materialized='table', pre_hook="insert into dbt.audit (what) values ('lost')", post_hook="insert into dbt.nowhere values (1)") }}
            select 2 as id
            """);
        var run = await project.RunAsync("run");
        Assert.Equal(1, run.ExitStatus);
        Assert.Contains("nowhere", run.Err, StringComparison.Ordinal);
        Assert.Equal(["1|0"], await project.LinesAsync("select (select id from dbt.a), (select count(*) from dbt.audit)"));
    }

    [Fact]
    public async Task A_view_that_must_be_rebuilt_runs_its_hooks_once()
    {
        await using var project = await CreateAsync();
        project.Write("models/a.sql", "select 1 as id");
        (await project.RunAsync("run")).Ok();
        project.Write("models/a.sql", """
            {{ config(pre_hook="insert into dbt.audit (what) values ('in')", post_hook="insert into dbt.audit (what) select id from {{ this }}") }}
            select 'x' as id
            """);
        (await project.RunAsync("run")).Ok();
        Assert.Equal(["in", "x"], await project.LinesAsync("select what from dbt.audit order by n"));
    }
}
