using Tributary.Core.Ingest;

namespace Tributary.Tests.Live.Connectors.Couch;

[Requirement("C20", "C21", "C29")]
public sealed class CouchVerifyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_differs_is_counted_without_a_change_and_repaired_when_asked()
    {
        await using var host = await CouchHost.CreateAsync();
        host.Server.Create("medic-sentinel").Put("a", "\"n\":\"of the other\"");
        for (var i = 0; i < 1200; i++) host.Medic.Put($"d{i:d4}", $"\"n\":{i}");
        host.Medic.Delete("d0007");
        await host.LoadAsync();
        await host.LoadAsync("medic-sentinel");
        Assert.Equal(new ComparisonReport(1199, 0, 0, 0, 0), await CompareAsync(host, repairs: false));
        var before = await host.RowsAsync();

        await host.Warehouse.ExecuteAsync("""
            delete from v1.couchdb where _id between 'd0100' and 'd0799' and source = '127.0.0.1/medic';
            update v1.couchdb set _version = '9-other', doc = '{}', _hash = null where _id = 'd0001';
            update v1.couchdb set _deleted = true where _id = 'd0002';
            update v1.couchdb set _deleted = false where _id = 'd0007';
            insert into v1.couchdb select 'ghost', doc, saved_timestamp, _version, null, 1, false, null, source from v1.couchdb where _id = 'd0003'
            """);
        Assert.Equal(new ComparisonReport(1199, 700, 2, 2, 0), await CompareAsync(host, repairs: false));
        Assert.Equal(new ComparisonReport(1199, 700, 2, 2, 0), await CompareAsync(host, repairs: true));

        Assert.Equal(new ComparisonReport(1199, 0, 0, 0, 0), await CompareAsync(host, repairs: false));
        Assert.Equal(before, (await host.RowsAsync()).Where(row => !row.StartsWith("ghost|", StringComparison.Ordinal)).ToArray());
        Assert.Equal(["True"], await host.Warehouse.LinesAsync("select _deleted from v1.couchdb where _id = 'ghost'"));
        Assert.Equal(0, (await host.LoadAsync()).Rows);
    }

    [Fact]
    public async Task A_repair_takes_its_turn_with_a_follower()
    {
        await using var host = await CouchHost.CreateAsync();
        host.Medic.Put("a", "\"n\":1");
        await using var following = await Following.StartAsync(host);
        await following.HearAsync("Following");
        await host.Warehouse.ExecuteAsync("delete from v1.couchdb");

        Assert.Equal(1, (await CompareAsync(host, repairs: true)).Missing);
        host.Medic.Put("a", "\"n\":2");

        await following.UntilAsync("select doc ->> 'n' from v1.couchdb", "2");
        Assert.Equal(0, (await CompareAsync(host, repairs: false)).Differences);
    }

    [Fact]
    public async Task The_verb_says_what_it_found_and_repairs()
    {
        await using var host = await CouchHost.CreateAsync();
        host.Medic.Put("a", "\"n\":1");
        using var project = await CouchProject.CreateAsync(host);
        (await project.RunAsync("sync")).Expect(0);
        host.Medic.Purge("a");

        Assert.Contains("cht.medic: 0 compared; 0 missing, 0 different, 1 gone from the source", (await project.RunAsync("verify", "cht")).Expect(1).Output, StringComparison.Ordinal);
        Assert.Contains("repaired", (await project.RunAsync("verify", "cht.medic", "--repair")).Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("all alike", (await project.RunAsync("verify", "cht")).Expect(0).Output, StringComparison.Ordinal);
    }

    private static async Task<ComparisonReport> CompareAsync(CouchHost host, bool repairs) =>
        await new Comparison(await host.ContextAsync(), host.Source().ListStreams()[0]).RunAsync(repairs, Cancel);
}
