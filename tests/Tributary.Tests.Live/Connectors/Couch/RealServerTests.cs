using Tributary.Core.Ingest;

namespace Tributary.Tests.Live.Connectors.Couch;

/// <summary>The whole way with a server that others wrote: copy, follow, delete, create again, compare.</summary>
[Requirement("C1", "C2", "C22")]
public sealed class RealServerTests
{
    private const string Rows = "select _id, doc ->> 'n', _deleted from v1.couchdb where _id < 'd003' or _id like 'live%' order by 1";

    [Fact]
    public async Task A_server_of_others_is_copied_followed_and_compared()
    {
        using var server = await NpmCouchServer.StartAsync();
        await server.CreateAsync("medic");
        var revisions = await server.PutAsync("medic", [.. Enumerable.Range(0, 700).Select(i => new { _id = $"d{i:d3}", type = "person", n = i })]);
        await server.PutAsync("medic", new { _id = "d001", _rev = revisions[1], type = "person", n = "changed" }, new { _id = "d002", _rev = revisions[2], _deleted = true });
        await using var host = await CouchHost.CreateAsync();
        host.With = source => source with { Url = server.Url, PageRows = 200 };

        await using var following = await Following.StartAsync(host);
        await following.UntilAsync("select count(*), count(*) filter (where not _deleted) from v1.couchdb", "700|699");
        await following.HearAsync("Following");
        var live = await server.PutAsync("medic", new { _id = "live", n = "first" });
        await following.UntilAsync(Rows, "d000|0|False", "d001|changed|False", "d002|∅|True", "live|first|False");
        live = await server.PutAsync("medic", new { _id = "live", _rev = live[0], _deleted = true });
        await following.UntilAsync(Rows, "d000|0|False", "d001|changed|False", "d002|∅|True", "live|first|True");
        await server.PutAsync("medic", new { _id = "live", n = "again" });
        await following.UntilAsync(Rows, "d000|0|False", "d001|changed|False", "d002|∅|True", "live|again|False");
        await following.StopAsync();

        var report = await new Comparison(await host.ContextAsync(), host.Source().ListStreams()[0]).RunAsync(false, TestContext.Current.CancellationToken);
        Assert.Equal(new ComparisonReport(700, 0, 0, 0, 0), report);
        Assert.Equal(0, (await host.LoadAsync()).Rows);
    }
}
