using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Runs;

/// <summary>Materialized views that people make by hand are refreshed after each build, in order; one that fails stops no other and is due until it succeeds.</summary>
[Requirement("C7", "C28")]
public sealed class HandMadeViewsTests
{
    private const string Settings = "refresh_views: [reports]";

    [Fact]
    public async Task Views_made_by_hand_follow_what_they_read()
    {
        await using var project = await SmallProject.CreateAsync(Settings);
        project.Model("marts", "numbers", "select 1 as n");
        (await project.RunAsync("build")).Expect(0);
        // The names would sort the other way round; the unique index lets readers go on.
        await project.Warehouse.ExecuteAsync("""
            create schema reports;
            create materialized view reports.z_first as select n from marts.numbers;
            create unique index on reports.z_first (n);
            create view reports.between as select n + 10 as n from reports.z_first;
            create materialized view reports.a_second as select n from reports.between;
            create schema elsewhere;
            create materialized view elsewhere.other as select n from marts.numbers;
            """);
        project.Model("marts", "numbers", "select 2 as n");
        (await project.RunAsync("build")).Expect(0);
        Assert.Equal(["2|12"], await project.Warehouse.LinesAsync("select f.n, s.n from reports.z_first f, reports.a_second s"));

        Assert.Contains("fresh", (await project.RunAsync("build")).Expect(0).Errors, StringComparison.Ordinal);
        var refreshed = await project.Warehouse.LinesAsync("select max(refreshed_at) from tributary.hand_made_view");
        (await project.RunAsync("build")).Expect(0);
        Assert.Equal(refreshed, await project.Warehouse.LinesAsync("select max(refreshed_at) from tributary.hand_made_view"));
        Assert.Equal(["reports.a_second", "reports.z_first"], await project.Warehouse.LinesAsync("select view_name from tributary.hand_made_view order by 1"));
    }

    [Fact]
    public async Task A_view_that_fails_keeps_its_rows_and_is_tried_again_when_nothing_new_came()
    {
        await using var project = await SmallProject.CreateAsync(Settings);
        project.Model("marts", "numbers", "select 1 as n");
        (await project.RunAsync("build")).Expect(0);
        await project.Warehouse.ExecuteAsync("""
            create schema reports;
            create table reports.divisor as select 1 as d;
            create materialized view reports.breaks as select 6 / d as n from reports.divisor;
            create materialized view reports.works as select n from marts.numbers;
            """);
        (await project.RunAsync("build")).Expect(0);
        await project.Warehouse.ExecuteAsync("update reports.divisor set d = 0");
        project.Model("marts", "numbers", "select 6 as n");
        var failed = (await project.RunAsync("build")).Expect(1);
        Assert.Contains("TRB0225", failed.Output + failed.Errors, StringComparison.Ordinal);
        Assert.Equal(["6|6"], await project.Warehouse.LinesAsync("select b.n, w.n from reports.breaks b, reports.works w"));
        (await project.RunAsync("build")).Expect(1);
        await project.Warehouse.ExecuteAsync("update reports.divisor set d = 2");
        (await project.RunAsync("build")).Expect(0);
        Assert.Equal(["3|6"], await project.Warehouse.LinesAsync("select b.n, w.n from reports.breaks b, reports.works w"));
    }
}
