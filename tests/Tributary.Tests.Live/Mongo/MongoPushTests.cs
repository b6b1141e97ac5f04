using Tributary.Connectors.Mongo;
using Tributary.Core.Exports;
using Tributary.Core.Graph;

namespace Tributary.Tests.Live.Mongo;

/// <summary>What readers of MongoDB see of an export, push after push.</summary>
public sealed class MongoPushTests
{
    [Fact]
    [Requirement("M1", "M14", "M32")]
    public async Task Readers_see_the_rows_under_the_collection_s_name()
    {
        await using var world = await ChartWorld.CreateAsync();
        var outcome = Assert.IsType<Outcome.Succeeded>(await world.PushAsync(ChartWorld.Wipe()));
        Assert.Equal((12, 1), (outcome.Counts.Rows, outcome.Counts.Files));
        Assert.Equal(12, world.Seen().Count);
        Assert.Contains("eu 2024-02 form3=23", world.Seen());
        var document = world.Server.Store.Read("monthly_submissions")[0];
        Assert.Equal(["_id", "month", "form_id", "sent", "_tributary"], document.Fields.Select(field => field.Name));
        Assert.Equal(["server", "published_at"], ((Bson)document["_tributary"]!).Fields.Select(field => field.Name));
    }

    [Fact]
    [Requirement("M14", "X3")]
    public async Task A_wipe_replaces_everything_at_once_and_keeps_ids()
    {
        await using var world = await ChartWorld.CreateAsync();
        await world.PushAsync(ChartWorld.Wipe());
        var before = world.Server.Store.Read("monthly_submissions").ToDictionary(document => $"{document["month"]}{document["form_id"]}", document => document.Text("_id"));
        await world.ChangeAsync("update m.monthly set sent = sent + 1000; delete from m.monthly where form_id = 'form4'");
        await world.PushAsync(ChartWorld.Wipe());
        Assert.Equal(9, world.Seen().Count);
        Assert.All(world.Server.Store.Read("monthly_submissions"), document => Assert.Equal(before[$"{document["month"]}{document["form_id"]}"], document.Text("_id")));
        Assert.Equal(9, world.Server.Store.Read("tributary.monthly_submissions").Count); // the old generation is gone
    }

    [Fact]
    [Requirement("M12", "M26")]
    public async Task An_append_writes_only_the_periods_that_changed_and_counts_their_versions()
    {
        await using var world = await ChartWorld.CreateAsync();
        Assert.Contains("3 slices of 3", Assert.IsType<Outcome.Succeeded>(await world.PushAsync(ChartWorld.Append())).Note, StringComparison.Ordinal);
        await world.ChangeAsync("update m.monthly set sent = 99 where month = '2024-02-01' and form_id = 'form1'; insert into m.monthly values ('2024-04-01', 'form1', 1)");
        Assert.Contains("2 slices of 4", Assert.IsType<Outcome.Succeeded>(await world.PushAsync(ChartWorld.Append())).Note, StringComparison.Ordinal);
        Assert.Equal(13, world.Seen().Count);
        Assert.Contains("eu 2024-02 form1=99", world.Seen());
        var versions = world.Server.Store.Read("monthly_submissions").Select(document => (Bson)document["_tributary"]!).Select(of => $"{of.Text("period")} v{of.Number("version")}").Distinct().Order();
        Assert.Equal(["2024-01-01 v1", "2024-02-01 v2", "2024-03-01 v1", "2024-04-01 v1"], versions);
    }

    [Fact]
    [Requirement("M12")]
    public async Task A_period_that_the_relation_no_longer_holds_stays()
    {
        await using var world = await ChartWorld.CreateAsync();
        await world.PushAsync(ChartWorld.Append());
        await world.ChangeAsync("delete from m.monthly where month < '2024-03-01'");
        await world.PushAsync(ChartWorld.Append());
        Assert.Equal(12, world.Seen().Count);
    }

    [Fact]
    public async Task From_wipe_to_append_and_back_nothing_is_shown_twice()
    {
        await using var world = await ChartWorld.CreateAsync();
        foreach (var config in new[] { ChartWorld.Wipe(), ChartWorld.Append(), ChartWorld.Wipe(), ChartWorld.Append() })
        {
            await world.PushAsync(config);
            Assert.Equal(12, world.Seen().Distinct().Count());
            Assert.Equal(12, world.Seen().Count);
        }
    }

    [Fact]
    [Requirement("M14")]
    public async Task A_relation_without_rows_shows_nothing_and_is_delivered()
    {
        await using var world = await ChartWorld.CreateAsync();
        await world.PushAsync(ChartWorld.Wipe());
        await world.ChangeAsync("delete from m.monthly");
        Assert.IsType<Outcome.Succeeded>(await world.PushAsync(ChartWorld.Wipe()));
        Assert.Empty(world.Seen());
    }

    [Fact]
    [Requirement("M9")]
    public async Task Two_servers_fill_one_collection_and_each_touches_only_its_own()
    {
        await using var eu = await ChartWorld.CreateAsync();
        await using var us = await ChartWorld.CreateAsync(server: eu.Server, name: "us");
        await eu.PushAsync(ChartWorld.Wipe());
        await us.PushAsync(ChartWorld.Append());
        Assert.Equal(24, eu.Seen().Count);
        await eu.ChangeAsync("delete from m.monthly where form_id <> 'form1'");
        await eu.PushAsync(ChartWorld.Wipe());
        Assert.Equal(3, eu.Seen().Count(word => word.StartsWith("eu", StringComparison.Ordinal)));
        Assert.Equal(12, eu.Seen().Count(word => word.StartsWith("us", StringComparison.Ordinal)));
        await us.ChangeAsync("delete from m.monthly");
        await us.PushAsync(ChartWorld.Wipe());
        Assert.Equal(3, eu.Seen().Count);
    }

    [Fact]
    [Requirement("M3")]
    public async Task Declared_indexes_are_made_and_those_of_others_stay()
    {
        await using var world = await ChartWorld.CreateAsync();
        var index = new CollectionIndex(ChartWorld.Wipe().At, new Dictionary<string, int> { ["form_id"] = 1, ["month"] = -1 });
        await world.PushAsync(ChartWorld.Wipe());
        world.Server.Store.Run(new Bson(("createIndexes", "tributary.monthly_submissions"), ("indexes", new object?[] { new Bson(("key", new Bson(("sent", 1))), ("name", "atlas_1")) })), false);
        await world.PushAsync(ChartWorld.Wipe() with { Indexes = [index] });
        await world.ChangeAsync("update m.monthly set sent = 0");
        await world.PushAsync(ChartWorld.Wipe());
        Assert.Equal(["tributary_slice", "atlas_1", "form_id_1_month_-1"], world.Server.Store.Indexes("tributary.monthly_submissions").Select(found => found.Text("name")));
    }

    [Fact]
    [Requirement("X3", "X1")]
    public async Task Nothing_changed_is_fresh_and_what_somebody_removed_is_not()
    {
        await using var world = await ChartWorld.CreateAsync();
        await world.PushAsync(ChartWorld.Append());
        Assert.IsType<Outcome.Skipped>(await world.PushAsync(ChartWorld.Append()));
        world.Server.Store.Run(new Bson(("delete", "tributary.monthly_submissions"), ("deletes", new object?[] { new Bson(("q", new Bson(("form_id", "form1"))), ("limit", 0)) })), false);
        await using var connection = await world.Exports.Warehouse.OpenAsync();
        var deliveries = await Deliveries.ListAsync(connection, new ProjectKey("engage", "dev"), TestContext.Current.CancellationToken);
        var destinations = new Dictionary<string, Destination> { ["charts"] = world.Exports.Charts! };
        var verified = Assert.Single(await ExportsVerify.RunAsync(deliveries, destinations, TestContext.Current.CancellationToken));
        Assert.Equal("monthly_submissions/eu/2024-01-01 has 3 documents, 4 were delivered", verified.Wrong);
        Assert.IsType<Outcome.Succeeded>(await world.PushAsync(ChartWorld.Append()));
        Assert.Equal(12, world.Seen().Count);
    }

    [Fact]
    [Requirement("M33", "X15")]
    public async Task A_hundred_thousand_documents_take_at_most_110_round_trips()
    {
        const string Table = "create table m.monthly as select date '2024-01-01' as month, lpad(form::text, 24, '0') as form_id, form as sent, form * 1.25 as share from generate_series(1, 100000) form";
        await using var world = await ChartWorld.CreateAsync(Table);
        world.Server.Arm();
        Assert.Equal(100_000, Assert.IsType<Outcome.Succeeded>(await world.PushAsync(ChartWorld.Append())).Counts.Rows);
        Assert.InRange(world.Server.Heard.Count, 50, 110);
        Assert.Equal(100_000, world.Server.Store.Read("monthly_submissions").Count);
    }
}
