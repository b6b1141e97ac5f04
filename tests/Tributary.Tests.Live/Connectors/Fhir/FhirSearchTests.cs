using Tributary.Core.Ingest;
using Tributary.Core.Text;

namespace Tributary.Tests.Live.Connectors.Fhir;

/// <summary>Loads by search, from servers that page, sort, repeat and lose as real ones do.</summary>
[Requirement("E1", "E3")]
public sealed class FhirSearchTests
{
    [Fact]
    public async Task Records_come_as_their_bytes_stand_in_the_answer_and_then_only_what_is_new()
    {
        await using var loads = await FhirLoads.CreateAsync();
        Fill(loads, 35);

        Assert.Equal(35, (await loads.LoadAsync()).Inserted);
        await loads.AssertSameAsync();
        Assert.True((await loads.CheckAsync()).IsFresh);
        loads.Server.Store.Tick(TimeSpan.FromHours(1));
        loads.Server.Store.Put("Patient", "p7", "changed");
        loads.Server.Store.Put("Patient", "p99", "new");
        Assert.False((await loads.CheckAsync()).IsFresh);
        var counts = await loads.LoadAsync();

        Assert.Equal((1L, 1L), (counts.Inserted, counts.Updated));
        await loads.AssertSameAsync();
    }

    [Theory]
    [InlineData(FhirPaging.Snapshot)]
    [InlineData(FhirPaging.Offset)]
    [InlineData(FhirPaging.None)]
    public async Task Nothing_is_lost_when_records_change_and_go_while_the_pages_are_read(FhirPaging paging)
    {
        await using var loads = await FhirLoads.CreateAsync();
        Fill(loads, 60);
        loads.Server.Manners.Paging = paging;
        loads.Server.Fault = (number, address) =>
        {
            // Each request moves or takes away a record of the first page, so that all that follow move up.
            loads.Server.Store.Tick(TimeSpan.FromSeconds(10));
            if (number % 2 == 0) loads.Server.Store.Put("Patient", $"p{number / 2}", $"changed by request {number}");
            else if (number < 12) loads.Server.Store.Delete("Patient", $"p{number + 30}");
            return null;
        };

        await loads.LoadAsync();
        loads.Server.Fault = static (_, _) => null;
        loads.Source = loads.Source with { ReconcileEvery = TimeSpan.Zero };
        await loads.LoadAsync();

        await loads.AssertSameAsync();
    }

    [Theory]
    [InlineData(FhirPaging.Snapshot, 1000)]
    [InlineData(FhirPaging.Offset, 3)]
    [InlineData(FhirPaging.None, 1000)]
    public async Task More_records_of_one_instant_than_a_page_holds_are_all_read(FhirPaging paging, int mostOnPage)
    {
        await using var loads = await FhirLoads.CreateAsync();
        loads.Server.Manners.Paging = paging;
        loads.Server.Manners.MostOnPage = mostOnPage;
        for (var i = 0; i < 45; i++) loads.Server.Store.Put("Patient", $"p{i}", "of one instant");
        loads.Server.Store.Tick(TimeSpan.FromHours(1));

        await loads.LoadAsync();

        await loads.AssertSameAsync();
        loads.Server.Store.Tick(TimeSpan.FromHours(1));
        Assert.True((await loads.CheckAsync()).IsFresh);
    }

    [Fact]
    public async Task A_record_that_was_committed_late_is_found_within_the_overlap()
    {
        await using var loads = await FhirLoads.CreateAsync();
        Fill(loads, 20);
        await loads.LoadAsync();
        loads.Server.Store.Tick(TimeSpan.FromSeconds(1));
        loads.Server.Store.Put("Patient", "late", "written before, seen after", late: TimeSpan.FromSeconds(40));

        Assert.False((await loads.CheckAsync()).IsFresh);
        Assert.Equal(1, (await loads.LoadAsync()).Inserted);
    }

    [Fact]
    public async Task A_page_that_expires_half_way_is_asked_for_again_from_the_last_safe_point()
    {
        await using var loads = await FhirLoads.CreateAsync();
        loads.Server.Manners.TokenRequests = 2;
        for (var i = 0; i < 45; i++)
        {
            loads.Server.Store.Put("Patient", $"p{i:D2}", "x");
            if (i % 15 == 0) loads.Server.Store.Tick(TimeSpan.FromMinutes(10));
        }
        loads.Server.Store.Tick(TimeSpan.FromHours(1));
        var forgets = 0;
        loads.Server.Fault = (_, address) => address.Contains("/page", StringComparison.Ordinal) && ++forgets < 3 ? new FhirFault(410) : null;

        await loads.LoadAsync();

        await loads.AssertSameAsync();
        Assert.True(forgets >= 3);
    }

    [Theory]
    [InlineData(false, true, "_lastUpdated")]
    [InlineData(false, false, "_lastUpdated")]
    public async Task A_server_that_does_not_heed_the_filter_is_refused(bool heeds, bool tellsSelf, string parameter)
    {
        await using var loads = await FhirLoads.CreateAsync();
        Fill(loads, 20);
        await loads.LoadAsync();
        (loads.Server.Manners.HeedsFilter, loads.Server.Manners.TellsSelf) = (heeds, tellsSelf);
        loads.Server.Store.Tick(TimeSpan.FromHours(1));
        loads.Server.Store.Put("Patient", "p1", "changed");

        var error = await Assert.ThrowsAsync<UserErrorException>(() => loads.LoadAsync());

        Assert.Equal(ErrorCodes.SourceUnreadable, error.Errors[0].Code);
        Assert.Contains(parameter, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_sort_is_read_by_its_pages_to_the_end()
    {
        await using var loads = await FhirLoads.CreateAsync();
        Fill(loads, 45);
        loads.Server.Manners.HeedsSort = false;

        await loads.LoadAsync();
        await loads.AssertSameAsync();
        loads.Server.Store.Tick(TimeSpan.FromHours(1));
        loads.Server.Store.Put("Patient", "p3", "changed");
        await loads.LoadAsync();

        await loads.AssertSameAsync();
    }

    [Theory]
    [InlineData(true, 0, true)]
    [InlineData(true, -40, true)]
    [InlineData(true, 40, false)]
    [InlineData(false, 0, true)]
    public async Task Clocks_that_differ_lose_nothing(bool tellsDate, int aheadSeconds, bool linksLast)
    {
        await using var loads = await FhirLoads.CreateAsync();
        loads.Server.Manners.TellsDate = tellsDate;
        loads.Server.Manners.DateAhead = TimeSpan.FromSeconds(aheadSeconds);
        loads.Server.Manners.LinksLast = linksLast;
        for (var round = 0; round < 6; round++)
        {
            for (var i = 0; i < 12; i++) loads.Server.Store.Put("Patient", $"p{round * 7 + i}", $"round {round}");
            loads.Server.Store.Tick(TimeSpan.FromSeconds(5));

            await loads.LoadAsync();

            await loads.AssertSameAsync();
        }
    }

    [Fact]
    public async Task A_resource_twice_in_a_bundle_is_one_row()
    {
        await using var loads = await FhirLoads.CreateAsync();
        Fill(loads, 25);
        loads.Server.Manners.GivesTwice = true;

        Assert.Equal(25, (await loads.LoadAsync()).Inserted);
        await loads.AssertSameAsync();
    }

    [Fact]
    public async Task An_outcome_among_the_entries_is_a_reject_or_a_remark_and_shows_no_text()
    {
        await using var loads = await FhirLoads.CreateAsync();
        Fill(loads, 5);
        loads.Server.Manners.Outcome = FhirAnswers.Outcome("incomplete", "warning");
        var warned = await loads.RunAsync();
        loads.Server.Manners.Outcome = FhirAnswers.Outcome("exception");
        loads.Server.Store.Tick(TimeSpan.FromHours(1));
        loads.Server.Store.Put("Patient", "p1", "changed");

        var rejected = await loads.LoadAsync();

        Assert.Equal("the server warns (incomplete)", warned.Note);
        Assert.Equal(1, rejected.Rejected);
        Assert.Equal(["server_outcome|the server reports an error (exception) where a record should stand"], await loads.Warehouse.LinesAsync("select reason, detail from tributary_reject.reject"));
    }

    [Fact]
    public async Task A_bad_record_is_a_reject_once_and_the_others_are_loaded()
    {
        await using var loads = await FhirLoads.CreateAsync();
        Fill(loads, 15);
        loads.Server.Store.PutRaw("Patient", "bad", """{"resourceType":"Patient","id":"a b","meta":{"lastUpdated":"2026-01-01T08:00:00Z"}}""");
        loads.Server.Store.Tick(TimeSpan.FromHours(1));

        Assert.Equal((15L, 1L), await loads.LoadAsync() is var first ? (first.Inserted, first.Rejected) : default);
        Assert.Equal(0, (await loads.LoadAsync()).Rejected);
    }

    [Fact]
    public async Task What_the_server_no_longer_has_becomes_a_deletion_when_the_ids_are_reconciled_and_may_come_back()
    {
        await using var loads = await FhirLoads.CreateAsync();
        Fill(loads, 120);
        await loads.LoadAsync();
        loads.Server.Store.Tick(TimeSpan.FromDays(2));
        for (var i = 0; i < 120; i += 3) loads.Server.Store.Delete("Patient", $"p{i}");

        Assert.Contains("reconciled", (await loads.CheckAsync()).Because, StringComparison.Ordinal);
        Assert.Equal(40, (await loads.LoadAsync()).Deleted);
        await loads.AssertSameAsync();
        Assert.True((await loads.CheckAsync()).IsFresh);
        loads.Server.Store.Put("Patient", "p3", "back");
        await loads.LoadAsync();

        await loads.AssertSameAsync();
        Assert.Contains("p3|3|False", await loads.RowsAsync());
    }

    [Fact]
    public async Task A_server_that_has_lost_its_index_does_not_empty_the_warehouse()
    {
        await using var loads = await FhirLoads.CreateAsync();
        Fill(loads, 12);
        await loads.LoadAsync();
        loads.Server.Store.Tick(TimeSpan.FromDays(2));
        loads.Server.Fault = (_, address) => address.Contains("_id=", StringComparison.Ordinal)
            ? new FhirFault { Body = $$"""{"resourceType":"Bundle","type":"searchset","link":[{"relation":"self","url":"{{loads.Server.Base}}/Patient?_id=x"}],"entry":[]}""" } : null;

        var error = await Assert.ThrowsAsync<UserErrorException>(() => loads.LoadAsync());

        Assert.Contains("index", error.Message, StringComparison.Ordinal);
        await loads.AssertSameAsync();
    }

    [Fact]
    public async Task A_bundle_of_50_MB_is_read_in_batches()
    {
        await using var loads = await FhirLoads.CreateAsync();
        var note = new string('x', 50_000);
        for (var i = 0; i < 1000; i++) loads.Server.Store.Put("Patient", $"p{i}", note);
        loads.Server.Store.Tick(TimeSpan.FromHours(1));
        loads.Source = loads.Source with { Count = 1000 };

        await loads.LoadAsync();

        await loads.AssertSameAsync();
        Assert.Equal("7", (await loads.Warehouse.LinesAsync("select count(*) from tributary.load")).Single());
    }

    [Fact]
    public async Task Replace_reads_everything_and_swaps()
    {
        await using var loads = await FhirLoads.CreateAsync();
        loads.Source = loads.Source with { Load = loads.Source.Load with { Disposition = Disposition.Replace } };
        Fill(loads, 25);
        await loads.LoadAsync();
        loads.Server.Store.Delete("Patient", "p3");

        await loads.LoadAsync();

        await loads.AssertSameAsync();
    }

    private static void Fill(FhirLoads loads, int count)
    {
        for (var i = 0; i < count; i++)
        {
            loads.Server.Store.Put("Patient", $"p{i}", $"note of {i}");
            if (i % 3 == 0) loads.Server.Store.Tick(TimeSpan.FromSeconds(7));
        }
        loads.Server.Store.Tick(TimeSpan.FromMinutes(5));
    }
}
