using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Examples;

/// <summary>Kill -9 at any moment leaves the old state or the new one; a rerun ends where an uninterrupted run would have.</summary>
public sealed class KillTests
{
    [Fact]
    [Requirement("X4")]
    public async Task Killed_at_twenty_random_moments_and_run_again_it_ends_as_if_nothing_had_happened()
    {
        await using var calm = await EngageProject.CreateAsync(scale: 0.2);
        var syncTakes = await TimeAsync(calm, "sync");
        var buildTakes = await TimeAsync(calm, "build");
        var expected = await TableHashes.ReadAsync(calm.Warehouse);

        await using var project = await EngageProject.CreateAsync(scale: 0.2);
        await KillAsync(project, "sync", syncTakes);
        await KillAsync(project, "build", buildTakes);

        Assert.Equal(expected, await TableHashes.ReadAsync(project.Warehouse));
        Assert.Empty(await project.Warehouse.LinesAsync("select relname from pg_class where relname ~ '__(tmp|bak)'"));
    }

    /// <summary>
    /// Ten kills that found the program at work, at moments spread over what an undisturbed run takes; then one run to the end. A run that
    /// was quicker than its kill does not count, and a sync begins again with nothing after it.
    /// </summary>
    private static async Task KillAsync(EngageProject project, string verb, TimeSpan takes)
    {
        var chance = new Random(20251231);
        var landed = 0;
        for (var attempt = 0; attempt < 100 && landed < 10; attempt++)
        {
            using var run = Start(project, verb);
            await Task.Delay(takes * chance.NextDouble(), TestContext.Current.CancellationToken);
            if (run.HasEnded)
            {
                if (verb == "sync") await project.Warehouse.ExecuteAsync("drop schema if exists airbyte, tributary, tributary_reject cascade");
                continue;
            }
            run.Kill();
            landed++;
        }
        Assert.Equal(10, landed);
        using var last = Start(project, verb);
        (await last.EndAsync()).Expect(0);
    }

    private static async Task<TimeSpan> TimeAsync(EngageProject project, string verb)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var run = Start(project, verb);
        (await run.EndAsync()).Expect(0);
        return TimeProvider.System.GetElapsedTime(started);
    }

    // --all, because what earlier kills left finished would be fresh, and there would be nothing to kill.
    private static TributaryProcess Start(EngageProject project, string verb) =>
        verb == "build" ? project.Start("build", "--all", "--as-of", "2025-12-31") : project.Start("sync");
}
