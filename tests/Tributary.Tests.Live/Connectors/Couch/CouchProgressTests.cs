using Tributary.Core.Ingest;
using Tributary.Core.Text;

namespace Tributary.Tests.Live.Connectors.Couch;

[Requirement("C29", "C31")]
public sealed class CouchProgressTests
{
    [Fact]
    public async Task Sequence_and_rows_stand_in_one_transaction_for_those_who_watch()
    {
        await using var host = await CouchHost.CreateAsync();
        Watch(host);
        host.Medic.Put("a");
        host.Medic.Put("b");
        await host.LoadAsync();
        host.Medic.Put("c");
        await host.LoadAsync();

        Assert.Equal(["3-g1AAAACTeJzLYWBg|0|True|127.0.0.1/medic"], await host.Warehouse.LinesAsync("select seq, pending, updated_at is not null, source from v1.couchdb_progress"));
    }

    [Theory]
    [InlineData("seq varchar, pending integer, updated_at timestamp, source varchar primary key", "'2-g1AAAACTeJzLYWBg', 5, now(), '127.0.0.1/medic'")]
    [InlineData("seq varchar, source varchar primary key", "'2-g1AAAACTeJzLYWBg', '127.0.0.1/medic'")]
    public async Task An_existing_replica_goes_on_where_it_stood_and_is_not_copied_again(string progress, string row)
    {
        await using var host = await CouchHost.CreateAsync();
        Watch(host);
        host.Medic.Put("a", "\"n\":1");
        host.Medic.Put("b", "\"n\":2");
        host.Medic.Put("c", "\"n\":3");
        await host.Warehouse.ExecuteAsync($$"""
            create schema v1;
            create table v1.couchdb (saved_timestamp timestamp, _id varchar primary key, _deleted boolean, source varchar, doc jsonb);
            insert into v1.couchdb
            select now(), _id, false, '127.0.0.1/medic', jsonb_build_object('_id', _id, '_rev', rev, 'n', n)
            from (values ('a', '1-00000001', 1), ('b', '1-00000002', 2)) as docs (_id, rev, n);
            create table v1.couchdb_progress ({{progress}});
            insert into v1.couchdb_progress values ({{row}})
            """);

        var counts = await host.LoadAsync();

        Assert.Equal((1, 0, 0), (counts.Inserted, counts.Updated, counts.Unchanged));
        Assert.Contains(host.Server.Requests, request => request.Contains("since=2-", StringComparison.Ordinal));
        Assert.DoesNotContain(host.Server.Requests, request => request.Contains("since=0", StringComparison.Ordinal));
        Assert.Equal(["a|1", "b|2", "c|3"], await host.Warehouse.LinesAsync("select _id, doc ->> 'n' from v1.couchdb order by 1"));
        Assert.Equal(["3-g1AAAACTeJzLYWBg"], await host.Warehouse.LinesAsync("select seq from v1.couchdb_progress"));
        var report = await new Comparison(await host.ContextAsync(), host.Source().ListStreams()[0]).RunAsync(false, TestContext.Current.CancellationToken);
        Assert.Equal((3, 0), (report.Listed, report.Differences));
    }

    [Fact]
    public async Task A_progress_table_of_another_form_is_refused()
    {
        await using var host = await CouchHost.CreateAsync();
        Watch(host);
        await host.Warehouse.ExecuteAsync("create schema v1; create table v1.couchdb_progress (step int)");
        host.Medic.Put("a");

        var error = await Assert.ThrowsAsync<UserErrorException>(() => host.LoadAsync());

        Assert.Equal(ErrorCodes.RawTableUnfit, error.Errors[0].Code);
    }

    private static void Watch(CouchHost host) =>
        host.With = source => source with { Load = source.Load with { Raw = source.Load.Raw with { Progress = "couchdb_progress" } } };
}
