using Tributary.Core.Text;
using Tributary.Synthetic;
using Tributary.Synthetic.Kotahi;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Examples;

/// <summary>The example kotahi with the real program: drops with faults → raw tables → today's tables and views → analysis objects.</summary>
public sealed class KotahiTests
{
    private static readonly SyntheticOptions Small = new(Seed: 1, Scale: 0.002);

    [Fact]
    [Requirement("K3", "K5", "K25", "K30", "K34", "K45", "K54", "K55", "K56", "K57", "K60", "K61", "K62", "K63", "K64", "K65", "K66", "K67", "K71", "K73", "K75", "K83", "K86", "K88", "K89", "X10", "X13")]
    public async Task Seven_nights_become_todays_views_and_a_second_build_finds_nothing_to_do()
    {
        await using var project = await KotahiProject.CreateAsync(Small);
        (await project.RunAsync("check")).Expect(0);
        var first = project.Arrivals[0];
        project.Deliver(first.Drop);
        (await project.RunAsync("sync")).Expect(0);
        await AssertRawRowsAsync(project, first.Rows);
        foreach (var (drop, _) in project.Arrivals.Skip(1)) project.Deliver(drop);
        (await project.RunAsync("sync")).Expect(0);
        string[] build = ["build", "--as-of", "2026-03-07T00:30:00Z"];
        (await project.RunAsync(build)).Expect(0);

        await AssertTodaysQueryAsync(project);
        await AssertNothingConfidentialLeftRawAsync(project);
        await AssertHouseholdsAsync(project);
        await AssertNumbersAsync(project);
        await AssertEffortCountsOnceAsync(project);
        await AssertUnmappedAsync(project);
        // An activity of a client who is not there (yet, or any more) is shown, and said to be.
        Assert.Equal(
            await project.Warehouse.ScalarAsync<long>("select count(*) from kotahi.mvw_activities_summary s where not exists (select from karo.clients c where c.clientid = s.clientid)"),
            await project.Warehouse.ScalarAsync<long>("select count(*) from kotahi.mvw_activities_summary where not client_is_known"));
        // A table that is replaced under a materialized view fills it anew at that moment; a view does not.
        Assert.Empty(await project.Warehouse.LinesAsync(
            """
            select m.relname || ' reads ' || t.relname
            from pg_class m join pg_rewrite r on r.ev_class = m.oid join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid
            join pg_class t on t.oid = d.refobjid and t.relkind = 'r'
            where m.relkind = 'm'
            """));
        await AssertRolesAsync(project, build);
        await AssertCronJobsAsync(project);
        var second = (await project.RunAsync(build)).Expect(0);
        Assert.Contains("fresh", second.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(" models (", second.Errors, StringComparison.Ordinal);
    }

    /// <summary>Views are refreshed where readers can go on reading, and a refresh that fails leaves what stood and is tried again without new data.</summary>
    [Fact]
    [Requirement("K67", "K68", "K69")]
    public async Task A_view_that_cannot_be_refreshed_keeps_its_rows_and_is_due_until_it_can()
    {
        await using var project = await KotahiProject.CreateAsync(Small with { Clean = true, Days = 2 });
        project.Deliver(project.Arrivals[0].Drop);
        (await project.RunAsync("sync")).Expect(0);
        string[] build = ["build", "--as-of", "2026-03-02"];
        (await project.RunAsync(build)).Expect(0);
        var before = await project.Warehouse.ScalarAsync<long>("select count(*) from kotahi.mvw_activities_summary");
        var oid = await project.Warehouse.ScalarAsync<uint>("select 'kotahi.mvw_activities_summary'::regclass::oid");
        project.Deliver(project.Arrivals[1].Drop);
        (await project.RunAsync("sync")).Expect(0);

        await using (var reader = await project.Warehouse.OpenAsync())
        {
            await using var reading = await reader.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await using var command = new Npgsql.NpgsqlCommand("select count(*) from kotahi.mvw_activities_summary", reader, reading);
            Assert.Equal(before, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
            (await project.RunAsync(build)).Expect(0); // the reader's lock does not hold the refresh up
        }
        var after = await project.Warehouse.ScalarAsync<long>("select count(*) from kotahi.mvw_activities_summary");
        Assert.Equal(before + 20, after);
        Assert.Equal(oid, await project.Warehouse.ScalarAsync<uint>("select 'kotahi.mvw_activities_summary'::regclass::oid"));

        var model = project.At("models/kotahi/activities.sql");
        var sql = await File.ReadAllTextAsync(model, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(model, sql.Replace("a.durationminutes, a.status,", "a.durationminutes / 0 as durationminutes, a.status,", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        (await project.RunAsync(build)).Expect(1);
        Assert.Equal(after, await project.Warehouse.ScalarAsync<long>("select count(*) from kotahi.mvw_activities_summary"));
        Assert.Contains("stale", (await project.RunAsync("status")).Output, StringComparison.OrdinalIgnoreCase);
        await File.WriteAllTextAsync(model, sql, TestContext.Current.CancellationToken);
        (await project.RunAsync(build)).Expect(0);
        Assert.Equal(after, await project.Warehouse.ScalarAsync<long>("select count(*) from kotahi.mvw_activities_summary"));
        await AssertFieldsKeepTheirDatesAsync(project, build);
    }

    /// <summary>A field of CustomJSONData leaves raw for the activities of its days alone.</summary>
    private static async Task AssertFieldsKeepTheirDatesAsync(KotahiProject project, string[] build)
    {
        const string Shown = "select count(*) filter (where activitydate <= '2025-01-31') > 0, count(*) filter (where activitydate > '2025-01-31') > 0 from kotahi.activities where activitytypeid = 27 and customfielddatajson ? 'RequestDate'";
        Assert.Equal(["True|True"], await project.Warehouse.LinesAsync(Shown));
        var seed = project.At("seeds/activity_fields.csv");
        var lines = await File.ReadAllLinesAsync(seed, TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(seed, lines.Select(line => line.StartsWith("27,RequestDate,", StringComparison.Ordinal) ? line.Replace(",2023-03-01,,", ",2023-03-01,2025-01-31,", StringComparison.Ordinal) : line), TestContext.Current.CancellationToken);
        (await project.RunAsync(build)).Expect(0);
        Assert.Equal(["True|False"], await project.Warehouse.LinesAsync(Shown));
        Assert.Equal(["True"], await project.Warehouse.LinesAsync("select is_outside_dates from rpt.activity_field_report where activitytypeid = 27 and key = 'RequestDate'"));
    }

    /// <summary>Sync and build as two calls: what is made from a dataset that waits keeps the night before, and what is made from the others goes on.</summary>
    [Fact]
    [Requirement("K67", "K68")]
    public async Task A_build_shows_no_night_whose_datasets_are_not_all_there()
    {
        await using var project = await KotahiProject.CreateAsync(Small);
        foreach (var (drop, _) in project.Arrivals.Take(3)) project.Deliver(drop);
        (await project.RunAsync("sync")).Expect(0);
        (await project.RunAsync("build", "--as-of", "2026-03-03T00:30:00Z")).Expect(0);
        project.Deliver(project.Arrivals[3].Drop); // Dhbs.csv and Iwi.csv are held
        (await project.RunAsync("sync")).Expect(1);
        string[] build = ["build", "--as-of", "2026-03-04T00:30:00Z"];
        var waiting = (await project.RunAsync(build)).Expect(1);

        Assert.Contains(ErrorCodes.StreamBehind, waiting.Errors, StringComparison.Ordinal);
        Assert.Contains("karo.dhbs waits: the drop karo_upload20260304000512 is held", waiting.Errors.ReplaceLineEndings(" "), StringComparison.Ordinal);
        const string Day = "select max(reported_for)::text from kotahi.";
        Assert.Equal(["2026-03-03"], await project.Warehouse.LinesAsync(Day + "mvw_client_summary"));
        Assert.Equal(["2026-03-04"], await project.Warehouse.LinesAsync(Day + "mvw_client_services"));

        foreach (var stream in (string[])["karo.dhbs", "karo.iwi"]) (await project.RunAsync("drops", "skip", stream, project.Arrivals[3].Drop)).Expect(0);
        (await project.RunAsync(build)).Expect(0);
        Assert.Equal(["2026-03-04"], await project.Warehouse.LinesAsync(Day + "mvw_client_summary"));
    }

    private static async Task AssertRawRowsAsync(KotahiProject project, IReadOnlyDictionary<string, long> expected)
    {
        Assert.Equal(35, expected.Count);
        foreach (var (name, rows) in expected)
        {
            // One record each of these is planted with a field that becomes NULL; the others planted are rejects.
            var planted = name is "Activities" or "Clients" ? 1 : 0;
            Assert.Equal((name, rows + planted), (name, await project.Warehouse.ScalarAsync<long>($"select count(*) from karo.{name.ToLowerInvariant()}")));
        }
    }

    private static async Task AssertTodaysQueryAsync(KotahiProject project)
    {
        var rows = await project.Warehouse.RowsAsync(
            """
            select distinct a.clientid, j."RequestDate", j."RequestProduct1", j."RequestAmountTotal" from kotahi.activities a, jsonb_to_record(customfielddatajson) as j("RequestDate" date, "RequestProduct1" text, "RequestAmountTotal" float) where activitytypeid = 27
            """);
        Assert.True(rows.Count > 100);
        Assert.All(rows, row => Assert.NotNull(row[2])); // under its older name too
        Assert.Contains(rows, row => row[1] is null);    // "" and N/A
        Assert.Contains(rows, row => row[3] is > 1_000d);
    }

    private static async Task AssertNothingConfidentialLeftRawAsync(KotahiProject project)
    {
        Assert.True(await project.Warehouse.ScalarAsync<long>("select count(*) from karo.activities a where a::text like '%CONFIDENTIAL%'") > 100);
        Assert.True(await project.Warehouse.ScalarAsync<long>("select count(*) from karo.activities a where activitytypeid = 99 and a::text like '%CONFIDENTIAL%'") > 0);
        var relations = await project.Warehouse.LinesAsync(
            "select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname in ('kotahi', 'rpt', 'staging') and c.relkind in ('r', 'v', 'm')");
        Assert.True(relations.Length > 70);
        foreach (var relation in relations)
            Assert.Equal((relation, 0L), (relation, await project.Warehouse.ScalarAsync<long>($"select count(*) from {relation} x where x::text like '%CONFIDENTIAL%'")));
    }

    /// <summary>Joined once more, one relationship after another.</summary>
    private static async Task AssertHouseholdsAsync(KotahiProject project)
    {
        var drop = Path.Combine(project.Drops.FullName, "karo_upload20260307000512");
        var day = new DateOnly(2026, 3, 7);
        var open = PlainCsv.Read(Path.Combine(drop, "ClientRelationships.csv"))
            .Where(tie => Day(tie["startdate"]) is not { } start || start <= day).Where(tie => Day(tie["enddate"]) is not { } end || end >= day).Select(tie => tie["relationshipid"]).ToHashSet();
        var households = new Dictionary<string, HashSet<string>>();
        foreach (var tie in PlainCsv.Read(Path.Combine(drop, "ClientRelationshipParticipants.csv")).Where(part => open.Contains(part["relationshipid"])).GroupBy(part => part["relationshipid"]))
        {
            var together = tie.Select(part => part["clientid"]).SelectMany(client => households.GetValueOrDefault(client, [client])).ToHashSet();
            foreach (var client in together) households[client] = together;
        }
        var known = await project.Warehouse.RowsAsync("select clientid::text, householdid::text, household_size from rpt.household_members");
        Assert.True(households.Count > 50);
        Assert.Equal(households.Keys.Order(), known.Where(row => (long)row[2]! > 1).Select(row => (string)row[0]!).Order()); // both are never null
        foreach (var row in known.Where(row => (long)row[2]! > 1))
        {
            var expected = households[(string)row[0]!];
            Assert.Equal((expected.Min(long.Parse).ToString(System.Globalization.CultureInfo.InvariantCulture), (long)expected.Count), ((string)row[1]!, (long)row[2]!));
        }
    }

    private static async Task AssertNumbersAsync(KotahiProject project)
    {
        var rows = await project.Warehouse.RowsAsync("select upper(trim(nhi_typed)), nhi_form is not null from staging.client_nhi where nhi_typed is not null");
        Assert.Contains(rows, row => row[1] is false);
        Assert.All(rows, row => Assert.Equal(Nhi.IsValid((string)row[0]!), row[1])); // typed is not null
        Assert.True(await project.Warehouse.ScalarAsync<long>("select count(*) from rpt.indici_links where link like 'linked%'") > 20);
        Assert.Equal(
            await project.Warehouse.ScalarAsync<long>("select count(*) from karo.clients"),
            await project.Warehouse.ScalarAsync<long>("select count(distinct clientid) from rpt.indici_links"));
    }

    private static async Task AssertEffortCountsOnceAsync(KotahiProject project)
    {
        Assert.Equal(1L, await project.Warehouse.ScalarAsync<long>("select count(*) from rpt.effort where session = 'group 1'"));
        var worked = await project.Warehouse.ScalarAsync<decimal>("select sum(person_minutes)::numeric / 60 from rpt.effort where clients > 0");
        var given = await project.Warehouse.ScalarAsync<decimal>("select sum(person_hours) from rpt.effort_by_client");
        Assert.InRange(Math.Abs(worked - given), 0m, 1m); // each client's hours are rounded to hundredths
    }

    private static async Task AssertUnmappedAsync(KotahiProject project)
    {
        Assert.Equal(["Digital access"], await project.Warehouse.LinesAsync("select domain from rpt.unmapped_domains"));
        Assert.Equal(
            ["Kōrero new", "People new", "RequestApprovedBy old"],
            await project.Warehouse.LinesAsync("select key || case when is_new then ' new' else ' old' end from rpt.activity_field_report where state = 'unmapped' and key <> 'Comment' order by key"));
        Assert.Equal(["RequestAmountTotal"], await project.Warehouse.LinesAsync("select key from rpt.activity_field_report where activitytypeid = 27 and has_changed_type"));
        Assert.Equal(["RequestProduct1"], await project.Warehouse.LinesAsync("select field from rpt.activity_field_report where state = 'older name'"));
    }

    private static async Task AssertRolesAsync(KotahiProject project, string[] build)
    {
        await project.Warehouse.ExecuteAsAdminAsync(await File.ReadAllTextAsync(project.At("access/roles.sql"), TestContext.Current.CancellationToken));
        (await project.RunAsync([.. build, "--all"])).Expect(0); // grants stay with what is built again
        string[] expected =
        [
            "kotahi_counts karo.activities false", "kotahi_counts kotahi.mvw_client_summary false", "kotahi_counts kotahi.mvw_tupaia_stages_counts true", "kotahi_counts rpt.open_cases_daily true",
            "kotahi_raw karo.activities true", "kotahi_raw kotahi.mvw_client_summary false", "kotahi_raw kotahi.mvw_tupaia_stages_counts false", "kotahi_raw rpt.open_cases_daily false",
            "kotahi_reports karo.activities false", "kotahi_reports kotahi.mvw_client_summary true", "kotahi_reports kotahi.mvw_tupaia_stages_counts true", "kotahi_reports rpt.open_cases_daily true",
        ];
        Assert.Equal(expected, await project.Warehouse.LinesAsync(
            """
            select concat_ws(' ', r, t, has_table_privilege(r, t, 'select')::text)
            from unnest(array['kotahi_raw', 'kotahi_reports', 'kotahi_counts']) r, unnest(array['karo.activities', 'kotahi.mvw_client_summary', 'kotahi.mvw_tupaia_stages_counts', 'rpt.open_cases_daily']) t
            order by r, t
            """));
    }

    /// <summary>What each job does runs, and does so in the hour that the zone's clock shows.</summary>
    private static async Task AssertCronJobsAsync(KotahiProject project)
    {
        var printed = (await project.RunAsync("pg-cron")).Expect(0).Output;
        Assert.Equal(6, printed.Split("cron.schedule(").Length - 1);
        Assert.Contains("select cron.schedule('refresh mvw_activities_summary', '45 * * * *', ", printed, StringComparison.Ordinal);
        foreach (var job in printed.Split("$job$").Where((_, i) => i % 2 == 1))
        {
            Assert.Matches(@"extract\(hour from now\(\) at time zone 'Pacific/Auckland'\) in \([01]\) then", job);
            await project.Warehouse.ExecuteAsync(job.Replace(") in (", ") not in (25, ", StringComparison.Ordinal));
        }
    }

    private static DateOnly? Day(string text) => text.Length == 0 ? null : DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
