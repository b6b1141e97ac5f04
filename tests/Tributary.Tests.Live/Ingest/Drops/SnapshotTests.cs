using Tributary.Core.Ingest;

namespace Tributary.Tests.Live.Ingest.Drops;

public sealed class SnapshotTests
{
    private const string Yaml = """
        raw: { schema: kotahi }
        drops: { pattern: "karo_upload{timestamp}/", zone: Pacific/Auckland }
        datasets:
          clients:
            key: clientid
            columns:
              clientid: { header: ClientID, type: bigint }
              name: { header: [FullName, Name] }
              born: { type: date, formats: [yyyy-MM-dd, dd/MM/yyyy], on_bad: set_null }
        """;

    [Fact]
    [Requirement("K2", "K4", "K7", "K12", "K24")]
    public async Task The_table_becomes_the_newest_drop_and_views_over_it_stay()
    {
        await using var world = await DropWorld.CreateAsync(Yaml);
        world.Write("karo_upload20260301000000/Clients.csv", "ClientID,FullName,born\r\n1,Māui,1990-01-02\r\n2,\"Line\nbreak\",31/12/1985\r\n");
        var first = await world.LoadAsync("clients");
        await world.Warehouse.ExecuteAsync("create view seen as select clientid, name from kotahi.clients");

        Assert.Equal((2, null), (first.Counts.Inserted, first.Note));
        Assert.Equal(["1|Māui|1990-01-02|2", "2|Line\nbreak|1985-12-31|3"], await world.Warehouse.LinesAsync("select clientid, name, born::text, _line from kotahi.clients order by 1"));
        Assert.Equal(["2026-02-28 11:00:00+00"], await world.Warehouse.LinesAsync("select distinct _dropped_at::text from kotahi.clients"));
        Assert.True((await world.CheckAsync("clients")).IsFresh);

        world.Write("karo_upload20260302000000/clients.csv", "FullName,born,ClientID\n Tāne ,,2\nnew,x,3\n");
        Assert.Equal("the drop karo_upload20260302000000 is new or changed", (await world.CheckAsync("clients")).Because);
        await world.LoadAsync("clients");

        Assert.Equal(["2| Tāne ", "3|new"], await world.Warehouse.LinesAsync("select clientid, name from seen order by 1"));
        Assert.Equal(["3|34|field_nulled|column born: expected a date as yyyy-MM-dd or dd/MM/yyyy, found text of 1 bytes|noted"], await world.RejectsAsync());
        Assert.Equal(["karo.clients|karo_upload20260301000000|taken", "karo.clients|karo_upload20260302000000|taken"], await world.StatesAsync());
        Assert.Equal(["clients_pkey"], await world.Warehouse.LinesAsync("select indexname from pg_indexes where schemaname = 'kotahi'"));
    }

    [Fact]
    [Requirement("K13", "K68")]
    public async Task The_datasets_of_one_run_see_the_same_drops()
    {
        await using var world = await DropWorld.CreateAsync("datasets: { a: { }, b: { } }");
        world.Write("20260301/a.csv", "id\n1\n");
        world.Write("20260301/b.csv", "id\n1\n");
        var run = await world.ContextAsync();
        await IngestNode.Of(world.Stream("a"), "kotahi").RunAsync(run, TestContext.Current.CancellationToken);
        world.Write("20260302/a.csv", "id\n2\n");
        world.Write("20260302/b.csv", "id\n2\n");
        await IngestNode.Of(world.Stream("b"), "kotahi").RunAsync(run, TestContext.Current.CancellationToken);

        Assert.Equal(["1"], await world.Warehouse.LinesAsync("select id from raw.b"));
        await world.LoadAsync("b");
        Assert.Equal(["2"], await world.Warehouse.LinesAsync("select id from raw.b"));
    }

    /// <summary>A rewind reads drops again of which one says something else by now: each holds until the next, and nothing overlaps.</summary>
    [Fact]
    [Requirement("K10", "K17", "K20")]
    public async Task A_replay_with_other_content_takes_its_place_in_the_history_that_stands()
    {
        await using var world = await DropWorld.CreateAsync("datasets: { a: { key: id, history: true, columns: { id: { type: bigint }, name: } } }");
        world.Write("20260301/a.csv", "id,name\n1,one\n2,two\n");
        world.Write("20260302/a.csv", "id,name\n1,one\n2,TWO\n");
        world.Write("20260303/a.csv", "id,name\n1,ONE\n2,TWO\n");
        await world.LoadAsync("a");
        world.Write("20260301/a.csv", "id,name\n1,first\n2,two\n3,three\n");
        await Rewind.RunAsync(await world.ContextAsync(), world.Stream("a"), TestContext.Current.CancellationToken);
        await world.LoadAsync("a");

        foreach (var (day, names) in new[] { ("2026-03-01 12:00+00", "first two three"), ("2026-03-02 12:00+00", "one TWO"), ("2026-03-04", "ONE TWO") })
            Assert.Equal([names], await world.Warehouse.LinesAsync($"select string_agg(name, ' ' order by id) from raw.a_as_of('{day}')"));
        Assert.Equal(["ONE TWO"], await world.Warehouse.LinesAsync("select string_agg(name, ' ' order by id) from raw.a"));
        Assert.Empty(await world.Warehouse.LinesAsync(
            "select x.id from raw.a_history x join raw.a_history y on x.id = y.id and x._row < y._row and x.valid_from < y.valid_to and y.valid_from < x.valid_to where x.known_to = 'infinity' and y.known_to = 'infinity'"));
    }

    [Theory]
    [InlineData("replace", "1,b\n2,x\n3,y\n")]
    [InlineData("merge", "3,y\n")]
    [Requirement("K10")]
    public async Task History_that_was_off_for_a_while_learns_what_the_table_learned(string disposition, string last)
    {
        await using var world = await DropWorld.CreateAsync("");
        void Say(bool history) => world.Yaml = $"datasets: {{ a: {{ disposition: {disposition}, max_shrink: 1, history: {(history ? "true" : "false")}, key: id, columns: {{ id: {{ type: bigint }}, name: }} }} }}";
        Say(history: true);
        world.Write("20260301/a.csv", "id,name\n1,a\n");
        await world.LoadAsync("a");
        Say(history: false);
        world.Write("20260302/a.csv", "id,name\n1,b\n2,x\n");
        await world.LoadAsync("a");
        Say(history: true);
        world.Write("20260303/a.csv", $"id,name\n{last}");
        await world.LoadAsync("a");

        Assert.Equal(["1 b", "2 x", "3 y"], await world.Warehouse.LinesAsync("select id || ' ' || name from raw.a order by id"));
        Assert.Equal(["1 b", "2 x", "3 y"], await world.Warehouse.LinesAsync("select id || ' ' || name from raw.a_as_of() order by id"));
        Assert.Equal(["1 a"], await world.Warehouse.LinesAsync("select id || ' ' || name from raw.a_as_of('2026-03-01 12:00+00') order by id"));
    }

    [Fact]
    [Requirement("K15")]
    public async Task A_snapshot_that_shrinks_waits_for_a_human_and_a_newer_one_takes_its_place()
    {
        await using var world = await DropWorld.CreateAsync(Yaml);
        world.Write("karo_upload20260301/Clients.csv", Rows(10));
        await world.LoadAsync("clients");
        world.Write("karo_upload20260302/Clients.csv", Rows(4));

        Assert.Equal("The drop karo_upload20260302 is held for karo.clients: it has 4 records where karo_upload20260301 had 10, which is 60 % fewer, and max_shrink is 50 %. kotahi.clients stays as it is.", await world.HeldAsync("clients"));
        Assert.Equal(10, await world.Warehouse.ScalarAsync<long>("select count(*) from kotahi.clients"));
        Assert.Equal("the drop karo_upload20260302 is held", (await world.CheckAsync("clients")).Because);
        await world.HeldAsync("clients");
        world.Write("karo_upload20260303/Clients.csv", Rows(9));
        await world.LoadAsync("clients");

        Assert.Equal(9, await world.Warehouse.ScalarAsync<long>("select count(*) from kotahi.clients"));
        await world.LoadAsync("clients");
    }

    [Fact]
    [Requirement("K15")]
    public async Task A_held_snapshot_is_taken_when_a_human_says_so_and_left_alone_when_not()
    {
        await using var world = await DropWorld.CreateAsync(Yaml);
        world.Write("karo_upload20260301/Clients.csv", Rows(10));
        await world.LoadAsync("clients");
        world.Write("karo_upload20260302/Clients.csv", Rows(0));
        await world.HeldAsync("clients");
        await (await world.DecisionsAsync()).SkipAsync(world.Stream("clients"), "karo_upload20260302", "me", TestContext.Current.CancellationToken);
        await world.LoadAsync("clients");
        Assert.Equal(10, await world.Warehouse.ScalarAsync<long>("select count(*) from kotahi.clients"));

        await (await world.DecisionsAsync()).AcceptAsync(world.Stream("clients"), "karo_upload20260302", "me", TestContext.Current.CancellationToken);
        await world.LoadAsync("clients");

        Assert.Equal(0, await world.Warehouse.ScalarAsync<long>("select count(*) from kotahi.clients"));
        Assert.Equal(["karo.clients|karo_upload20260301|taken", "karo.clients|karo_upload20260302|taken"], await world.StatesAsync());
    }

    [Fact]
    [Requirement("K20", "K13")]
    public async Task A_drop_is_taken_when_it_is_complete_and_again_when_it_changed()
    {
        await using var world = await DropWorld.CreateAsync(Yaml);
        world.Now = new(2026, 3, 1, 0, 10, 0, TimeSpan.Zero);
        world.Write("karo_upload20260301/Clients.csv", Rows(3), new(2026, 3, 1, 0, 6, 0));
        var waiting = await world.LoadAsync("clients");
        Assert.Equal("the drop karo_upload20260301 is not complete: it changed 240 s ago, and drops.quiet is 300 s", waiting.Note);

        world.Now = new(2026, 3, 1, 0, 12, 0, TimeSpan.Zero);
        await world.LoadAsync("clients");
        var load = await world.Warehouse.ScalarAsync<long>("select max(load) from tributary.load");
        world.Write("karo_upload20260301/Clients.csv", Rows(3), new(2026, 3, 1, 0, 6, 30));
        var same = await world.LoadAsync("clients");
        Assert.Equal("karo_upload20260301: unchanged since karo_upload20260301", same.Note);
        Assert.Equal(load, await world.Warehouse.ScalarAsync<long>("select max(load) from tributary.load"));

        world.Write("karo_upload20260301/Clients.csv", Rows(5), new(2026, 3, 1, 0, 6, 30));
        await world.LoadAsync("clients");
        Assert.Equal(5, await world.Warehouse.ScalarAsync<long>("select count(*) from kotahi.clients"));
    }

    [Fact]
    [Requirement("K20")]
    public async Task An_older_drop_never_overwrites_a_newer_one()
    {
        await using var world = await DropWorld.CreateAsync(Yaml);
        world.Write("karo_upload20260302/Clients.csv", Rows(3));
        await world.LoadAsync("clients");
        world.Write("karo_upload20260301/Clients.csv", Rows(9));
        await world.LoadAsync("clients");

        Assert.Equal(3, await world.Warehouse.ScalarAsync<long>("select count(*) from kotahi.clients"));
        Assert.Equal(["karo.clients|karo_upload20260301|passed", "karo.clients|karo_upload20260302|taken"], await world.StatesAsync());
    }

    [Fact]
    [Requirement("K10", "X6")]
    public async Task History_tells_what_was_true_and_what_was_known_and_a_late_drop_cuts_in_between()
    {
        await using var world = await DropWorld.CreateAsync(Yaml.Replace("key: clientid", "key: clientid\n    history: true\n    max_shrink: 1"));
        world.Write("karo_upload20260301/Clients.csv", "ClientID,FullName,born\n1,a,\n2,b,\n3,c,\n");
        await world.LoadAsync("clients");
        world.Write("karo_upload20260304/Clients.csv", "ClientID,FullName,born\n1,a,\n2,B,\n4,d,\n");
        var second = await world.LoadAsync("clients");
        var known = await world.Warehouse.ScalarAsync<DateTime>("select max(loaded_at) from tributary.loaded_file");
        world.Write("karo_upload20260302/Clients.csv", "ClientID,FullName,born\n1,x,\n2,b,\n");
        await world.LoadAsync("clients");

        Assert.Equal((2, 1, 1), (second.Counts.Inserted, second.Counts.Deleted, second.Counts.Unchanged));
        Assert.Equal(["1a 2b 3c", "1x 2b", "1x 2b", "1a 2B 4d", "1a 2B 4d"],
            await AsOfAsync(world, "2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04", "2026-05-01"));
        Assert.Equal(["1a 2b 3c"], await world.Warehouse.LinesAsync("select string_agg(clientid || name, ' ' order by clientid) from kotahi.clients_as_of('2026-03-03', $1)", known));
        Assert.Equal(["1a 2B 4d"], await world.Warehouse.LinesAsync("select string_agg(clientid || name, ' ' order by clientid) from kotahi.clients"));
    }

    [Fact]
    [Requirement("K10")]
    public async Task History_goes_on_when_the_table_was_dropped_or_history_was_off_for_a_while()
    {
        var historic = Yaml.Replace("key: clientid", "key: clientid\n    history: true\n    max_shrink: 1");
        await using var world = await DropWorld.CreateAsync(historic);
        world.Write("karo_upload20260301/Clients.csv", "ClientID,FullName,born\n1,a,\n2,b,\n");
        await world.LoadAsync("clients");
        world.Yaml = Yaml;
        world.Write("karo_upload20260302/Clients.csv", "ClientID,FullName,born\n1,x,\n2,b,\n");
        await world.LoadAsync("clients");
        world.Yaml = historic;
        world.Write("karo_upload20260303/Clients.csv", "ClientID,FullName,born\n1,c,\n2,b,\n");
        await world.LoadAsync("clients");
        await world.Warehouse.ExecuteAsync("drop table kotahi.clients");
        await world.LoadAsync("clients");

        Assert.Equal(["1a 2b", "1x 2b", "1c 2b", "1c 2b"], await AsOfAsync(world, "2026-03-01", "2026-03-02", "2026-03-03", "2026-05-01"));
        Assert.Equal(["0"], await world.Warehouse.LinesAsync("select count(*) from (select 1 from kotahi.clients_history where known_to = 'infinity' and valid_to = 'infinity' group by clientid having count(*) > 1) t"));
    }

    [Fact]
    [Requirement("K15")]
    public async Task A_held_snapshot_behind_a_newer_one_no_longer_fails_a_load()
    {
        await using var world = await DropWorld.CreateAsync(Yaml.Replace("key: clientid", "key: clientid\n    history: true"));
        foreach (var (day, rows) in new[] { (1, 10), (2, 2), (3, 10) }) world.Write($"karo_upload2026030{day}/Clients.csv", Rows(rows));

        await world.LoadAsync("clients");
        var again = await world.LoadAsync("clients");

        Assert.StartsWith("the drop karo_upload20260302 is still held: it has 2 records", again.Note, StringComparison.Ordinal);
    }

    private static async Task<string[]> AsOfAsync(DropWorld world, params string[] days)
    {
        var found = new List<string>();
        foreach (var day in days) found.AddRange(await world.Warehouse.LinesAsync($"select string_agg(clientid || name, ' ' order by clientid) from kotahi.clients_as_of('{day} 12:00+13')"));
        return [.. found];
    }

    private static string Rows(int count) => "ClientID,FullName,born\n" + string.Concat(Enumerable.Range(1, count).Select(i => $"{i},name {i},2000-01-01\n"));
}
