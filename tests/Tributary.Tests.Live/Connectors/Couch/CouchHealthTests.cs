namespace Tributary.Tests.Live.Connectors.Couch;

/// <summary>What operators see of each database: followed or not, how far behind, how fast, what is wrong.</summary>
[Requirement("C14", "C29")]
public sealed class CouchHealthTests
{
    private const string Health = "select stream, following, behind_changes, behind_seconds = 0, rows_per_second > 0, open_rejects, last_error is null from tributary.health";

    [Fact]
    public async Task Health_tells_of_a_database_that_is_followed_left_and_failing()
    {
        using var server = await NpmCouchServer.StartAsync();
        await server.CreateAsync("medic");
        await server.PutAsync("medic", [.. Enumerable.Range(0, 50).Select(i => new { _id = $"d{i:d3}", n = i })]);
        await using var host = await CouchHost.CreateAsync();
        host.With = source => source with { Url = server.Url };
        await using (var following = await Following.StartAsync(host))
        {
            await following.HearAsync("Following");
            Assert.Equal(["cht.medic|True|0|True|True|0|True"], await host.Warehouse.LinesAsync(Health));
        }
        Assert.Equal(["cht.medic|False|True|0|0"], await host.Warehouse.LinesAsync("select stream, following, stream_state.asked_at is not null, behind_changes, failures from tributary.health join tributary.stream_state using (project, target, stream)"));

        host.With = source => source with { Url = "http://127.0.0.1:9" };
        await Assert.ThrowsAnyAsync<Exception>(() => host.LoadAsync());
        await Assert.ThrowsAnyAsync<Exception>(() => host.LoadAsync());
        Assert.Equal(["True|2|True"], await host.Warehouse.LinesAsync("select last_error is not null, failures, health.failing_since < now() from tributary.health join tributary.stream_state using (project, target, stream)"));
        host.With = source => source with { Url = server.Url };
        await host.LoadAsync();
        Assert.Equal(["True|0"], await host.Warehouse.LinesAsync("select last_error is null, failures from tributary.health join tributary.stream_state using (project, target, stream)"));
    }
}
