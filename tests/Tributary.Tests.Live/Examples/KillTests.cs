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
        (await calm.RunAsync("sync")).Expect(0);
        (await calm.RunAsync("build", "--as-of", "2025-12-31")).Expect(0);
        var expected = await TableHashes.ReadAsync(calm.Warehouse);

        await using var project = await EngageProject.CreateAsync(scale: 0.2);
        var chance = new Random(20251231);
        foreach (var verb in new[] { "sync", "build" })
        {
            for (var kill = 0; kill < 10; kill++)
            {
                using var run = Start(project, verb);
                await Task.Delay(chance.Next(150, 3_000), TestContext.Current.CancellationToken);
                run.Kill();
            }
            using var last = Start(project, verb);
            (await last.EndAsync()).Expect(0);
        }

        Assert.Equal(expected, await TableHashes.ReadAsync(project.Warehouse));
        Assert.Empty(await project.Warehouse.LinesAsync("select relname from pg_class where relname ~ '__(tmp|bak)'"));
    }

    private static TributaryProcess Start(EngageProject project, string verb) =>
        verb == "build" ? project.Start("build", "--as-of", "2025-12-31") : project.Start("sync");
}
