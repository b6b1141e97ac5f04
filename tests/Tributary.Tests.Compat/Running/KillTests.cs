using System.Globalization;
using Npgsql;
using Tributary.Tests.Compat.Support;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Compat.Running;

/// <summary>The real process is killed at random moments in the middle of its work; every materialization stands as it stood or as it was to be.</summary>
public sealed class KillTests
{
    private const int Rows = 100;

    /// <summary>Those that hold the version of one run, whole.</summary>
    private static readonly string[] Versioned = ["a_view", "a_table", "an_indexed", "a_seed", "a_merged", "a_deleted", "a_matview"];

    [Fact]
    public async Task Killed_anywhere_and_run_again_everything_is_whole_and_readers_never_see_a_hole()
    {
        await using var project = await CreateAsync();
        project.Write("seeds/a_seed.csv", Csv(0));
        await RunAsync(project, 0);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var reader = Task.Run(() => ReadAsync(project, end.Token), TestContext.Current.CancellationToken);
        var chance = new Random(20251231);
        var (landed, version) = (0, 0);
        for (var attempt = 0; attempt < 60 && landed < 12; attempt++)
        {
            project.Write("seeds/a_seed.csv", Csv(++version));
            using var run = Start(project, version);
            if (!await IsAtWorkAsync(project, run)) continue;
            await Task.Delay(chance.Next(0, 700), TestContext.Current.CancellationToken);
            if (run.HasEnded) continue;
            run.Kill();
            landed++;
            await AssertWholeAsync(project, version);
        }
        Assert.Equal(12, landed);
        project.Write("seeds/a_seed.csv", Csv(++version));
        await RunAsync(project, version);
        await end.CancelAsync();
        Assert.True(await reader > 0);
        foreach (var name in Versioned)
            Assert.Equal([$"{Rows}|{version}|{version}"], await project.LinesAsync($"select count(*), min(n), max(n) from dbt.{name}"));
        Assert.Equal([$"{Rows}|{version}"], await project.LinesAsync("select count(*), max(n) from dbt.a_history where dbt_valid_to is null"));
        Assert.Empty(await project.LinesAsync("select relname from pg_class where relname ~ '__dbt_(tmp|backup)|__bak'"));
    }

    private static async Task<DbtProject> CreateAsync()
    {
        var project = await DbtProject.CreateAsync();
        const string Slow = "select {{ var('n') }} as n, g as id from generate_series(1, 100) g cross join (select pg_sleep(0.05)) s";
        project.Write("models/a_view.sql", "select s.id, s.n from {{ ref('a_seed') }} s");
        project.Write("models/a_table.sql", $"{{{{ config(materialized='table') }}}} {Slow}");
        project.Write("models/over_table.sql", "select id, n from {{ ref('a_table') }}");
        project.Write("models/an_indexed.sql", $"{{{{ config(materialized='table', indexes=[{{'columns': ['id'], 'unique': true}}]) }}}} {Slow}");
        project.Write("models/an_appended.sql", $"{{{{ config(materialized='incremental') }}}} {Slow}");
        project.Write("models/a_merged.sql", $"{{{{ config(materialized='incremental', incremental_strategy='merge', unique_key='id') }}}} {Slow}");
        project.Write("models/a_deleted.sql", $"{{{{ config(materialized='incremental', incremental_strategy='delete+insert', unique_key='id', on_schema_change='append_new_columns') }}}} {Slow}");
        project.Write("models/a_matview.sql", "{{ config(materialized='materialized_view') }} select id, n from {{ ref('a_table') }}");
        project.Write("snapshots/a_history.sql", "{% snapshot a_history %}{{ config(target_schema='dbt', unique_key='id', strategy='check', check_cols=['n']) }} select id, n from {{ ref('a_table') }}{% endsnapshot %}");
        return project;
    }

    private static string Csv(int version) => "id,n\n" + string.Concat(Enumerable.Range(1, Rows).Select(id => string.Create(CultureInfo.InvariantCulture, $"{id},{version}\n")));

    private static TributaryProcess Start(DbtProject project, int version) => TributaryProcess.Start(
        new Dictionary<string, string>(), "build", "--project-dir", project.Folder, "--profiles-dir", project.Folder, "--threads", "3", "--vars", string.Create(CultureInfo.InvariantCulture, $"n: {version}"));

    private static async Task RunAsync(DbtProject project, int version)
    {
        using var run = Start(project, version);
        (await run.EndAsync()).Expect(0);
    }

    /// <summary>Waits until the program has a statement under way; false when it ended before.</summary>
    private static async Task<bool> IsAtWorkAsync(DbtProject project, TributaryProcess run)
    {
        while (!run.HasEnded)
        {
            var busy = await project.LinesAsync("select count(*) from pg_stat_activity where application_name like 'tributary%' and datname = current_database() and state <> 'idle'");
            if (busy[0] != "0") return true;
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
        return false;
    }

    /// <summary>After the dead program's sessions are gone: each relation is of one version, with all rows.</summary>
    private static async Task AssertWholeAsync(DbtProject project, int version)
    {
        while ((await project.LinesAsync("select count(*) from pg_stat_activity where application_name like 'tributary%' and datname = current_database()"))[0] != "0")
            await Task.Delay(50, TestContext.Current.CancellationToken);
        foreach (var name in Versioned)
            Assert.Equal([$"{Rows}|True|True"], await project.LinesAsync($"select count(*), min(n) = max(n), max(n) <= {version} from dbt.{name}"));
        Assert.Equal(["True|True"], await project.LinesAsync($"select count(*) % {Rows} = 0, count(*) >= {Rows} from dbt.an_appended"));
        Assert.Equal([$"{Rows}"], await project.LinesAsync("select count(*) from dbt.a_history where dbt_valid_to is null"));
    }

    /// <summary>Reads everything again and again: never a missing relation, never an empty one. The answer is how often.</summary>
    private static async Task<int> ReadAsync(DbtProject project, CancellationToken end)
    {
        var rounds = 0;
        await using var connection = await project.Warehouse.OpenAsync();
        while (!end.IsCancellationRequested)
        {
            foreach (var name in Versioned.Append("over_table").Append("an_appended").Append("a_history"))
            {
                await using var command = new NpgsqlCommand($"select count(*) from dbt.{name}", connection);
                var count = Convert.ToInt64(await command.ExecuteScalarAsync(CancellationToken.None), CultureInfo.InvariantCulture);
                Assert.True(count >= Rows, $"{name} had {count} rows");
            }
            rounds++;
            await Task.Delay(5, CancellationToken.None);
        }
        return rounds;
    }
}
