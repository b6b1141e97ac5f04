using System.Globalization;
using Npgsql;
using Tributary.Synthetic;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Examples;

/// <summary>
/// Whole nights of kotahi, <c>sync</c> and <c>build</c> with their faults, whose program is killed with SIGKILL at random moments, against nights that
/// nobody disturbs; readers loop over the views meanwhile and see one whole night at any time. 4 kills, and 30 in <c>./test long</c>.
/// </summary>
[Requirement("X3", "X4", "K67", "K68")]
public sealed class KotahiNightTests
{
    private static readonly int Kills = Environment.GetEnvironmentVariable("TRIBUTARY_LONG") is { Length: > 0 } ? 30 : 4;

    // The second and the third night have bad records, damaged JSON and a file that is missing; the fourth has drops that are held.
    private static readonly int Nights = Kills > 4 ? 4 : 2;

    private static readonly SyntheticOptions Drops = new(Seed: 7, Scale: 0.002);

    private static readonly string[] Views =
        ["mvw_activities_summary", "mvw_client_services", "mvw_client_summary", "mvw_tupaia_report", "mvw_tupaia_stages", "mvw_tupaia_stages_counts"];

    [Fact]
    public async Task Nights_that_are_killed_at_any_moment_end_like_calm_ones_and_no_view_is_ever_mixed_or_empty()
    {
        await using var calm = await KotahiProject.CreateAsync(Drops);
        await using var stormy = await KotahiProject.CreateAsync(Drops);
        var nights = new List<Night>();
        for (var i = 0; i < Nights; i++) nights.Add(await CalmAsync(calm, i));

        var chance = new Random(5);
        var landed = 0;
        await FinishAsync(stormy, 0, nights[0]);
        for (var i = 1; i < Nights; i++)
        {
            var (before, after) = (nights[i - 1], nights[i]);
            using var over = new CancellationTokenSource();
            var readers = Views.Select(view => ReadAsync(stormy, view, [before.Views[view], after.Views[view]], over.Token)).ToList();
            stormy.Deliver(stormy.Arrivals[i].Drop);
            var wanted = Kills * i / (Nights - 1);
            // In the order of the night: what was killed goes on where it was, and a moment that is over cannot be hit any more.
            var moments = Enumerable.Range(0, wanted - landed).Select(_ => chance.NextDouble()).Order().ToList();
            foreach (var moment in moments) landed += await KillAsync(stormy, i, after, moment) ? 1 : 0;
            while (landed < wanted) landed += await KillAsync(stormy, i, after, after.SyncShare + (1 - after.SyncShare) * chance.NextDouble()) ? 1 : 0;
            await FinishAsync(stormy, i, after);
            await over.CancelAsync();
            Assert.Equal([], (await Task.WhenAll(readers)).SelectMany(wrong => wrong));
            Assert.Equal([], after.Hashes.Except(await TableHashes.ReadAsync(stormy.Warehouse)));
            foreach (var ledger in Ledgers) Assert.Equal(await LinesAsync(calm, ledger, i), await LinesAsync(stormy, ledger, i));
        }
        Assert.Equal(Kills, landed);
        Assert.Empty(await stormy.Warehouse.LinesAsync("select relname from pg_class where relname ~ '__(tmp|bak)'"));
    }

    // The calm warehouse is some nights further.
    private static readonly string[] Ledgers =
    [
        "select stream, drop_name, state from tributary.drop_state where drop_name <= '{0}' order by 1, 2",
        "select stream, file, line, byte_offset, reason from tributary_reject.reject where split_part(file, '/', 1) <= '{0}' order by 1, 2, 3, 4, 5",
    ];

    private static Task<string[]> LinesAsync(KotahiProject project, string ledger, int night) =>
        project.Warehouse.LinesAsync(ledger.Replace("{0}", project.Arrivals[night].Drop, StringComparison.Ordinal));

    private static async Task<Night> CalmAsync(KotahiProject project, int night)
    {
        project.Deliver(project.Arrivals[night].Drop);
        var (sync, syncTakes) = await TimeAsync(project, Words(night, "sync"));
        var (build, buildTakes) = await TimeAsync(project, Words(night, "build"));
        var views = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var view in Views) views[view] = await project.Warehouse.ScalarAsync<string>(Content(view)) ?? ""; // one row always
        return new Night(sync, build, syncTakes, buildTakes, await TableHashes.ReadAsync(project.Warehouse), views);
    }

    private static async Task<(int Status, TimeSpan Takes)> TimeAsync(KotahiProject project, string[] words)
    {
        var started = TimeProvider.System.GetTimestamp();
        var status = (await project.RunAsync(words)).Status;
        return (status, TimeProvider.System.GetElapsedTime(started));
    }

    private static async Task FinishAsync(KotahiProject project, int night, Night expected)
    {
        if (night == 0) project.Deliver(project.Arrivals[0].Drop);
        (await project.RunAsync(Words(night, "sync"))).Expect(expected.SyncStatus);
        (await project.RunAsync(Words(night, "build"))).Expect(expected.BuildStatus);
    }

    /// <summary>Kills the night at this share of it; false when the program had ended before.</summary>
    private static async Task<bool> KillAsync(KotahiProject project, int night, Night expected, double moment)
    {
        var at = moment * (expected.SyncTakes + expected.BuildTakes);
        var isInSync = at < expected.SyncTakes;
        if (!isInSync) (await project.RunAsync(Words(night, "sync"))).Expect(expected.SyncStatus);
        using var run = project.Start(Words(night, isInSync ? "sync" : "build"));
        await Task.Delay(isInSync ? at : at - expected.SyncTakes, TestContext.Current.CancellationToken);
        if (run.HasEnded) return false;
        run.Kill();
        await run.EndAsync();
        return true;
    }

    private static string[] Words(int night, string verb) =>
        verb == "sync" ? ["sync"] : ["build", "--as-of", string.Create(CultureInfo.InvariantCulture, $"2026-03-{night + 1:00}T00:30:00Z")];

    private static string Content(string view) => $"select count(*) || ' ' || coalesce(md5(string_agg(v::text, e'\\n' order by v::text)), '-') from kotahi.{view} v";

    /// <summary>What the view showed that was neither of the two nights; nothing is what is right.</summary>
    private static async Task<IReadOnlyList<string>> ReadAsync(KotahiProject project, string view, string[] allowed, CancellationToken over)
    {
        var wrong = new List<string>();
        await using var connection = await project.Warehouse.OpenAsync();
        await using var command = new NpgsqlCommand(Content(view), connection);
        while (!over.IsCancellationRequested)
        {
            var shown = (string)(await command.ExecuteScalarAsync(CancellationToken.None))!; // one row always
            if (!allowed.Contains(shown)) wrong.Add($"{view}: {shown}, and not one of {string.Join(" or ", allowed)}");
        }
        return wrong;
    }

    private sealed record Night(
        int SyncStatus, int BuildStatus, TimeSpan SyncTakes, TimeSpan BuildTakes, SortedDictionary<string, string> Hashes, Dictionary<string, string> Views)
    {
        public double SyncShare => SyncTakes / (SyncTakes + BuildTakes);
    }
}
