using Tributary.Core.Graph;
using Tributary.Core.Models.Periods;
using Tributary.Core.Text;

namespace Tributary.Tests.Live.Models;

/// <summary>Models that are built period by period.</summary>
public sealed class PeriodTests
{
    private const string Model = """
        --- models/monthly.sql
        {{ config(materialized='period', period='month', zone='Europe/Dublin', begin='2024-01', lookback=2) }}
        select form, count(*) as sent from public.submission where at >= {{ period.start }} and at < {{ period.end }} group by form -- the end is not included
        """;

    private const string Table = "select to_char(period, 'YYYY-MM') || ' v' || version || ' ' || form || '=' || sent from analytics.monthly order by 1";

    [Fact]
    [Requirement("M15", "M22", "M25", "X3")]
    public async Task Periods_that_have_ended_are_published_and_missed_ones_are_caught_up_with_their_own_bounds()
    {
        await using var shop = await ShopAsync("2024-02-15T00:00Z");
        Assert.Equal("built", (await shop.BuildAsync())["monthly"]);
        shop.AssertNoErrors();
        // 31 January 23:30 UTC is January in Dublin's winter; 31 March 23:30 UTC is April in its summer.
        Assert.Equal(["2024-01 v1 a=2", "2024-01 v1 b=1"], await shop.Database.LinesAsync(Table));
        shop.AsOf = At("2024-05-01T12:00Z");
        await shop.BuildAsync();
        Assert.Equal(["2024-01 v1 a=2", "2024-01 v1 b=1", "2024-02 v1 a=1", "2024-03 v1 b=1", "2024-04 v1 a=1"], await shop.Database.LinesAsync(Table));
        var periods = await PeriodsAsync(shop);
        Assert.Equal(["2024-01 1 2", "2024-02 1 1", "2024-03 1 1", "2024-04 1 1"], periods.Select(period => $"{period.Label} {period.Version} {period.Rows}"));
    }

    [Fact]
    [Requirement("M12", "M26", "X3")]
    public async Task A_late_edit_restates_its_period_as_version_2_and_a_run_again_changes_nothing()
    {
        await using var shop = await ShopAsync("2024-04-10T00:00Z");
        await shop.BuildAsync();
        var before = await shop.Database.LinesAsync("select ctid, xmin, * from analytics.monthly order by ctid");
        await shop.BuildAsync();
        Assert.Equal(before, await shop.Database.LinesAsync("select ctid, xmin, * from analytics.monthly order by ctid"));
        await shop.Database.ExecuteAsAdminAsync("insert into public.submission values ('2024-02-20', 'b')");
        await shop.BuildAsync();
        Assert.Equal(["2024-01 v1 a=2", "2024-01 v1 b=1", "2024-02 v2 a=1", "2024-02 v2 b=1", "2024-03 v1 b=1"], await shop.Database.LinesAsync(Table));
        // January lies beyond the lookback.
        await shop.Database.ExecuteAsAdminAsync("delete from public.submission where at < '2024-02-01'");
        await shop.BuildAsync();
        Assert.Equal(5, (await shop.Database.LinesAsync(Table)).Length);
        await BackfillAsync(shop, "2024-01", "2024-01");
        Assert.Equal(["2024-02 v2 a=1", "2024-02 v2 b=1", "2024-03 v1 b=1"], await shop.Database.LinesAsync(Table));
        // An empty period keeps its version in the ledger, and counts on.
        await shop.Database.ExecuteAsAdminAsync("insert into public.submission values ('2024-01-02', 'c')");
        await BackfillAsync(shop, "2024-01", "2024-02");
        Assert.Equal("2024-01 v3 c=1", (await shop.Database.LinesAsync(Table))[0]);
    }

    [Fact]
    [Requirement("M24", "X4")]
    public async Task A_period_that_fails_leaves_the_others_and_comes_with_the_next_run()
    {
        await using var shop = await ShopAsync("2024-05-01T12:00Z");
        await shop.Database.ExecuteAsAdminAsync("alter table public.submission add bad int not null default 1; update public.submission set bad = 0 where form = 'b' and at >= '2024-03-01'");
        shop.Write(Model.Replace("count(*) as sent", "sum(1 / bad) as sent", StringComparison.Ordinal));
        Assert.Equal("failed", (await shop.BuildAsync())["monthly"]);
        Assert.Contains("1 of 4 periods failed, the first: period 2024-03", shop.Errors["monthly"].Message, StringComparison.Ordinal);
        Assert.Equal(["2024-01", "2024-02", "2024-04"], (await PeriodsAsync(shop)).Select(period => period.Label));
        await shop.Database.ExecuteAsAdminAsync("update public.submission set bad = 1");
        Assert.Equal("built", (await shop.BuildAsync())["monthly"]);
        Assert.Equal(5, (await shop.Database.LinesAsync(Table)).Length);
    }

    [Fact]
    [Requirement("X3")]
    public async Task Over_a_source_that_the_engine_knows_nothing_is_done_twice_and_a_backfill_goes_on_where_it_stopped()
    {
        await using var shop = await Warehouse.CreateAsync("""
            --- seeds/submission.csv
            at,form
            2024-01-05,a
            2024-02-05,a
            --- models/monthly.sql
            {{ config(materialized='period', period='month', begin='2024-01') }}
            select form, count(*) as sent from {{ ref('submission') }} where at >= {{ period.first_day }} and at <= {{ period.last_day }} group by form
            --- models/after.sql
            {{ config(materialized='table') }} select * from {{ ref('monthly') }}
            """);
        shop.AsOf = At("2024-03-10T00:00Z");
        await shop.BuildAsync();
        shop.AssertNoErrors();
        Assert.Equal("fresh", (await shop.BuildAsync())["monthly"]);
        Assert.Equal("0 new, 0 restated, 2 unchanged", (await BackfillAsync(shop, "2024-01", "2024-12")).Note);
        Assert.Equal("fresh", (await shop.BuildAsync())["after"]);
        shop.AsOf = At("2024-04-01T00:00Z");
        Assert.Equal(("built", "built"), ((await shop.BuildAsync()) is var ends ? ends["monthly"] : "", ends["after"]));
        Assert.Equal("fresh", (await shop.BuildAsync())["monthly"]);
        shop.Write("--- seeds/submission.csv\nat,form\n2024-01-05,a\n2024-02-05,b\n2024-03-05,a\n");
        await shop.BuildAsync(); // the lookback is one period: March
        Assert.Equal(["2024-01 v1 a=1", "2024-02 v1 a=1", "2024-03 v2 a=1"], await shop.Database.LinesAsync(Table));
        Assert.Equal("fresh", (await shop.BuildAsync())["monthly"]);
        Assert.Equal("0 new, 1 restated, 2 unchanged", (await BackfillAsync(shop, "2024", "2024")).Note);
        Assert.Equal("0 new, 0 restated, 3 unchanged", (await BackfillAsync(shop, "2024", "2024")).Note);
        Assert.Equal(["2024-01 v1 a=1", "2024-02 v2 b=1", "2024-03 v2 a=1"], await shop.Database.LinesAsync(Table));
    }

    [Fact]
    public async Task A_table_that_is_gone_or_gets_a_column_is_made_again_and_keeps_its_versions()
    {
        await using var shop = await ShopAsync("2024-05-01T12:00Z");
        await shop.BuildAsync();
        await shop.Database.ExecuteAsAdminAsync("insert into public.submission values ('2024-04-20', 'z')");
        await shop.BuildAsync();
        var before = await shop.Database.LinesAsync(Table);
        await shop.Database.ExecuteAsAdminAsync("drop table analytics.monthly");
        await shop.BuildAsync();
        Assert.Equal(before, await shop.Database.LinesAsync(Table));
        shop.Write(Model.Replace("as sent", "as sent, max(at) as last", StringComparison.Ordinal));
        await shop.BuildAsync();
        shop.AssertNoErrors();
        Assert.Equal(["2024-03 2 1", "2024-04 3 2"], await shop.Database.LinesAsync("select to_char(period, 'YYYY-MM') || ' ' || version || ' ' || count(last) from analytics.monthly where last is not null group by period, version order by 1"));
    }

    [Theory]
    [InlineData("period='month'", "period='year'", "has period 'year'")]
    [InlineData("period='month', ", "", "has no period")]
    [InlineData("Europe/Dublin", "Europe/Dublyn", "has a zone")]
    [InlineData("begin='2024-01'", "begin='soon'", "has a begin")]
    [InlineData("lookback=2", "lookback=-1", "has a lookback")]
    [InlineData("lookback=2", "lookback=2, week_start='sat'", "has a week_start")]
    public async Task What_is_no_period_is_refused_with_its_place(string from, string to, string said)
    {
        await using var shop = await Warehouse.CreateAsync(Model.Replace(from, to, StringComparison.Ordinal));
        var error = Assert.Single(Assert.Throws<UserErrorException>(shop.Load).Errors);
        Assert.Equal(ErrorCodes.PeriodInvalid, error.Code);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.Equal("models/monthly.sql", error.At?.File);
    }

    private static async Task<Warehouse> ShopAsync(string asOf)
    {
        var shop = await Warehouse.CreateAsync(Model);
        shop.AsOf = At(asOf);
        await shop.Database.ExecuteAsAdminAsync("""
            create table public.submission (at timestamptz, form text);
            grant select on public.submission to public;
            insert into public.submission values ('2024-01-05Z', 'a'), ('2024-01-31 23:30Z', 'a'), ('2024-01-31 23:59:59Z', 'b'), ('2024-02-29 12:00Z', 'a'), ('2024-03-01 00:00Z', 'b'), ('2024-03-31 23:30Z', 'a'), ('2023-12-31 23:59Z', 'x');
            """);
        return shop;
    }

    private static async Task<Outcome.Succeeded> BackfillAsync(Warehouse shop, string from, string to)
    {
        var range = new PeriodRange(PeriodText.Parse(from)!.First, PeriodText.Parse(to)!.End);
        var context = await shop.ContextAsync() with { All = true, Backfill = range };
        var outcome = await shop.Load().Nodes.Single(node => node.Name == "monthly").RunAsync(context, TestContext.Current.CancellationToken);
        return Assert.IsType<Outcome.Succeeded>(outcome);
    }

    private static async Task<IReadOnlyList<PublishedPeriod>> PeriodsAsync(Warehouse shop)
    {
        await using var connection = await shop.Database.OpenAsync();
        return await PublishedPeriod.ReadAsync(connection, (await shop.ContextAsync()).Key, null, TestContext.Current.CancellationToken);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
