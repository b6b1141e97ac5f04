using System.Text;
using Tributary.Connectors.Fhir;
using Tributary.Core.Ingest.Formats;

namespace Tributary.Tests.Ingest;

/// <summary>The small parts that read a FHIR server's answers.</summary>
public sealed class FhirAnswerPartsTests
{
    private static readonly DateTime Noon = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData("""{"resourceType":"Bundle","link":[{"relation":"self","url":"a?x=1"},{"relation":"next","url":"b"}],"entry":[{"resource":{"link":[{"relation":"no","url":"no"}]}}]}""")]
    [InlineData("""{"resourceType":"Bundle","entry":[{"link":[{"relation":"no","url":"no"}],"resource":{"id":"x"}}],"link":[{"url":"a?x=1","relation":"self"},{"extension":[{"url":"no"}],"relation":"next","url":"b"}]}""")]
    public async Task A_bundle_tells_its_own_links_wherever_they_stand(string json)
    {
        using var reader = new BundleReader(new SlowStream(Encoding.UTF8.GetBytes(json), 3), 1000, isHashed: false);
        var entries = 0;
        do
        {
            while (reader.TryRead(out _)) entries++;
        }
        while (await reader.FillAsync(TestContext.Current.CancellationToken));

        Assert.Equal(1, entries);
        Assert.Equal(["next=b", "self=a?x=1"], reader.Links.Select(link => $"{link.Key}={link.Value}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Patient/123", "123", null)]
    [InlineData("https://x.example.org/fhir/Patient/123", "123", null)]
    [InlineData("Patient/123/_history/4", "123", "4")]
    public void A_deletion_is_read_from_every_form_of_its_address(string url, string id, string? version)
    {
        var deletion = FhirDeletion.Of(new BundleEntry(default, "DELETE", url, "2026-01-01T12:00:00Z", null));

        Assert.Equal(("Patient", id, version, Noon), (deletion.Type, deletion.Id, deletion.Version, deletion.LastUpdated!.Value));
        Assert.Equal($$"""{"resourceType":"Patient","id":"{{id}}"}""", Encoding.UTF8.GetString(deletion.Document));
    }

    [Fact]
    public void What_was_read_lately_is_known_after_it_was_written_down()
    {
        var recent = new RecentRecords(null);
        for (var i = 0; i < 2000; i++) recent.Add((ulong)i, Noon.AddSeconds(i));
        recent.Forget(Noon.AddSeconds(1500));

        var again = new RecentRecords(recent.ToString());

        Assert.Equal((false, true, true), (again.Holds(1499), again.Holds(1500), again.Holds(1999)));
        Assert.Equal((true, false), (again.MayHold(Noon.AddSeconds(1999)), again.MayHold(Noon.AddSeconds(2000))));
    }

    [Fact]
    public void Only_the_newest_thousand_are_kept()
    {
        var recent = new RecentRecords(null);
        for (var i = 0; i < 1500; i++) recent.Add((ulong)i, Noon);

        Assert.Equal(RecentRecords.Most, Enumerable.Range(0, 1500).Count(i => recent.Holds((ulong)i)));
    }

    [Fact]
    public void A_record_that_changed_after_it_was_sorted_does_not_tell_how_far_the_page_reaches()
    {
        var order = new PageOrder(null);
        foreach (var second in new[] { 1, 2, 3, 3600, 4 }) order.See(new Added(AddedAs.Record, Noon.AddSeconds(second), true), Noon.AddSeconds(3600));

        Assert.Equal((Noon.AddSeconds(4), false), (order.Last!.Value, order.IsBroken));
    }

    [Fact]
    public void A_page_of_which_all_is_new_reaches_to_its_end_and_one_out_of_order_is_broken()
    {
        var fresh = new PageOrder(null);
        foreach (var second in new[] { 1, 2, 3 }) fresh.See(new Added(AddedAs.Record, Noon.AddSeconds(second), true), Noon);
        var broken = new PageOrder(null);
        foreach (var second in new[] { 2, 1 }) broken.See(new Added(AddedAs.Record, Noon.AddSeconds(second), true), null);

        Assert.Equal(Noon.AddSeconds(3), fresh.Last);
        Assert.True(broken.IsBroken);
    }

    [Fact]
    public void An_outcome_shows_its_codes_and_never_its_texts()
    {
        var issues = OutcomeIssues.Read("""{"resourceType":"OperationOutcome","issue":[{"severity":"warning","code":"too-costly","diagnostics":"Miller"},{"severity":"information","code":"Mrs Miller, born 1970"}]}"""u8)!;

        Assert.Equal((false, "too-costly"), (issues.IsError, issues.Codes));
        Assert.Null(OutcomeIssues.Read("""{"resourceType":"Patient"}"""u8));
    }

    [Fact]
    public void Ids_are_escaped_as_values_of_a_search()
    {
        Assert.Equal("a,b%5C%2Cc,d%26e", Queries.Ids(["a", "b,c", "d&e"]));
        Assert.Equal("2026-01-01T12:00:00.123Z", Queries.Instant(Noon.AddTicks(1_239_999)));
        Assert.Equal(["_lastUpdated", "code"], Queries.Names("?_lastUpdated=ge2020&code:exact=x"));
    }
}
