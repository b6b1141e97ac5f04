using Tributary.Connectors;
using Tributary.Core.Graph;

namespace Tributary.Tests.Live.Connectors.Couch;

[Requirement("C2", "C3")]
public sealed class CouchFollowTests
{
    private const string All = "select _id, doc ->> 'n', _deleted from v1.couchdb where _id <> '' order by 1";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CouchFeed.Auto, false)]
    [InlineData(CouchFeed.Continuous, false)]
    [InlineData(CouchFeed.Longpoll, false)]
    [InlineData(CouchFeed.Poll, false)]
    [InlineData(CouchFeed.Auto, true)]
    public async Task Each_change_is_committed_as_it_comes(CouchFeed feed, bool hasNoFeeds)
    {
        await using var host = await CouchHost.CreateAsync();
        host.Server.HasNoFeeds = hasNoFeeds;
        host.With = source => source with { Feed = feed };
        host.Medic.Put("a", "\"n\":1");
        await using var following = await Following.StartAsync(host);

        await following.UntilAsync(All, "a|1|False");
        await following.HearAsync("Following");
        host.Medic.Put("b", "\"n\":2");
        await following.UntilAsync(All, "a|1|False", "b|2|False");
        host.Medic.Delete("a");
        host.Medic.Put("b", "\"n\":3");
        await following.UntilAsync(All, "a|1|True", "b|3|False");

        Assert.IsType<Outcome.Skipped>((await following.StopAsync()).Outcome);
        Assert.True((await host.LoadAsync()).Rows <= 2);
    }

    [Fact]
    public async Task A_feed_that_is_cut_stalls_or_breaks_off_is_taken_up_again_and_loses_nothing()
    {
        await using var host = await CouchHost.CreateAsync();
        host.Server.Fail(new Fault(), new Fault(), new Fault(CutAfter: 250), new Fault(), new Fault(StallAfter: 300), new Fault(ErrorAfter: 200), new Fault(), new Fault(503));
        await using var following = await Following.StartAsync(host);
        await following.HearAsync("Following");

        for (var i = 0; i < 60; i++)
        {
            host.Medic.Put($"d{i:d2}", $"\"n\":{i}");
            if (i % 5 == 0) await following.UntilAsync("select count(*) from v1.couchdb", $"{i + 1}");
        }
        await following.UntilAsync("select count(*) from v1.couchdb", "60");

        await following.StopAsync();
        Assert.Equal(Enumerable.Range(0, 60).Select(i => $"d{i:d2}|{i}|False").ToArray(), await host.Warehouse.LinesAsync(All));
    }

    [Fact]
    public async Task A_second_follower_waits_for_the_first()
    {
        await using var host = await CouchHost.CreateAsync();
        host.Medic.Put("a", "\"n\":1");
        await using var first = await Following.StartAsync(host);
        await first.HearAsync("Following");
        await first.UntilAsync(All, "a|1|False");
        await using var second = await Following.StartAsync(host);

        Assert.StartsWith("waits for ", await second.HearAsync("waits for"), StringComparison.Ordinal);
        await first.StopAsync();
        await second.HearAsync("Following");
        host.Medic.Put("b", "\"n\":2");
        await second.UntilAsync(All, "a|1|False", "b|2|False");
    }

    [Fact]
    [Requirement("C24", "C30")]
    public async Task A_missing_database_is_said_and_taken_up_when_it_is_there_while_others_go_on()
    {
        await using var host = await CouchHost.CreateAsync();
        await using var missing = await Following.StartAsync(host, "medic-sentinel");
        await using var there = await Following.StartAsync(host);

        Assert.Contains("has no database medic-sentinel (404)", await missing.HearAsync("again: "), StringComparison.Ordinal);
        host.Medic.Put("a", "\"n\":1");
        await there.UntilAsync(All, "a|1|False");
    }

    [Fact]
    public async Task The_program_follows_until_it_is_told_to_end_and_then_ends_well()
    {
        await using var host = await CouchHost.CreateAsync();
        host.Medic.Put("a", "\"n\":1");
        using var project = await CouchProject.CreateAsync(host);
        using var program = project.Start("sync", "--follow");
        await program.LineAsync(line => line.Contains("following cht.medic", StringComparison.Ordinal));

        program.Terminate();
        var ended = (await program.EndAsync()).Expect(0);

        Assert.Contains("nothing is half done", ended.Output, StringComparison.Ordinal);
        Assert.Equal(["a|1|False"], await host.Warehouse.LinesAsync(All));
        Assert.Equal(["sync --follow|succeeded"], await host.Warehouse.LinesAsync("select verb, status from tributary.run"));
    }
}
