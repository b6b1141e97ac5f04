using Tributary.Connectors;
using Tributary.Core.Ingest.Queries;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Tests.Live.Ingest.Queries;

/// <summary>What the seam <see cref="QuerySource"/> promises, for every kind in the catalogue.</summary>
public sealed class QuerySourceConformanceTests
{
    private const string Forms = """
        forms:
          query: select id, care_plan_id, note from forms where care_plan_id in (:keys) order by id desc
          key: id
          keys: { query: select plan from raw.plans, batch: 500 }
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds => [.. new KindCatalog(typeof(CsvDrops).Assembly).Below(typeof(QuerySource)).Keys];

    [Theory, MemberData(nameof(Kinds))]
    [Requirement("H28")]
    public async Task A_table_lands_with_its_types_and_an_unchanged_one_changes_nothing(string kind)
    {
        await using var world = await QueryWorld.OfAsync(kind);
        await world.Outside.ExecuteAsync("""
            create table clinic (id bigint, name text, opened date, seen timestamp, share double precision, open boolean, beds integer);
            insert into clinic values (1, 'Tāmaki, "north"', '2024-02-29', '2026-01-02 03:04:05.678', 0.1, true, 3), (2, '', null, null, null, null, null), (3, null, '1969-12-31', '1969-12-31 23:59:59', -1.5e10, false, -7)
            """);

        var first = await world.LoadAsync("clinic:\n  key: id\n  table: clinic");

        Assert.Equal(3, first.Counts.Inserted);
        Assert.Equal(["1|Tāmaki, \"north\"|2024-02-29|2026-01-02 03:04:05.678|0.1|true|3|1", "2||∅|∅|∅|∅|∅|1", "3|∅|1969-12-31|1969-12-31 23:59:59|-15000000000|false|-7|1"],
            await world.Warehouse.LinesAsync("select id, name, opened::text, seen::text, share::text, open::text, beds, _load from raw.clinic order by 1"));
        Assert.Equal("bigint text date timestamp double precision boolean integer", await world.Warehouse.ScalarAsync<string>("""
            select string_agg(replace(format_type(atttypid, -1), ' without time zone', ''), ' ' order by attnum) from pg_attribute where attrelid = 'raw.clinic'::regclass and attnum > 0 and attname !~ '^_'
            """));
        var again = await world.LoadAsync("clinic:\n  key: id\n  table: clinic");
        Assert.Equal((3, 0, 3), (again.Counts.Rows, again.Counts.Inserted, again.Counts.Unchanged));
        await world.Outside.ExecuteAsync("update clinic set beds = 4 where id = 1; delete from clinic where id = 2");
        await world.LoadAsync("clinic:\n  key: id\n  table: clinic");
        Assert.Equal(["1|4|2", "3|-7|2"], await world.Warehouse.LinesAsync("select id, beds, _load from raw.clinic order by 1"));
    }

    [Theory, MemberData(nameof(Kinds))]
    [Requirement("H19", "H21")]
    public async Task Keys_come_in_batches_and_no_keys_rows_are_split(string kind)
    {
        await using var world = await QueryWorld.OfAsync(kind);
        await world.Outside.ExecuteAsync("create table forms (id bigint, care_plan_id text, note text); insert into forms select n, 'p' || n % 1001, 'n' from generate_series(1, 3003) n");
        await world.Warehouse.ExecuteAsync("create schema raw; create table raw.plans (plan text)");
        foreach (var (count, batches) in new[] { (0, 0), (1, 1), (499, 1), (500, 1), (501, 2), (1001, 3) })
        {
            await world.Warehouse.ExecuteAsync($"truncate raw.plans; insert into raw.plans select 'p' || n % {Math.Max(count, 1)} from generate_series(0, {count * 2 - 1}) n; insert into raw.plans values (null), ('none')".Replace(count == 0 ? ", ('none')" : "\0", "", StringComparison.Ordinal));

            var loaded = await world.LoadAsync(Forms);

            var keys = count == 0 ? 0 : count + 1; // one that finds nothing
            var expected = count == 0 ? 0 : count == 500 ? 2 : batches;
            Assert.Equal($"{keys} keys in {expected} {(expected == 1 ? "batch" : "batches")}", loaded.Note);
            Assert.Equal(count * 3, loaded.Counts.Rows);
            Assert.Equal(count * 3L, await world.Warehouse.ScalarAsync<long>("select count(*) from raw.forms f where exists (select from raw.plans p where p.plan = f.care_plan_id)"));
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    [Requirement("H21")]
    public async Task Exactly_a_batch_of_keys_is_one_query(string kind)
    {
        await using var world = await QueryWorld.OfAsync(kind);
        await world.Outside.ExecuteAsync("create table forms (id bigint, care_plan_id text, note text); insert into forms select n, 'p' || n, 'n' from generate_series(1, 501) n");
        await world.Warehouse.ExecuteAsync("create schema raw; create table raw.plans as select 'p' || n as plan from generate_series(1, 500) n");
        Assert.Equal("500 keys in 1 batch", (await world.LoadAsync(Forms)).Note);
        await world.Warehouse.ExecuteAsync("insert into raw.plans values ('p501')");
        var more = await world.LoadAsync(Forms);
        Assert.Equal(("501 keys in 2 batches", 501L), (more.Note, more.Counts.Rows));
    }

    [Theory, MemberData(nameof(Kinds))]
    [Requirement("H21")]
    public async Task No_value_and_no_key_becomes_sql(string kind)
    {
        await using var world = await QueryWorld.OfAsync(kind);
        var hostile = new[] { "a'b", "') or true --", "\\'; drop table forms; --", "a\\", "''", ":state", "ā\n\t\"x\"", "$$", "/*" };
        await world.Outside.ExecuteAsync("create table forms (id bigint, care_plan_id text, note text)");
        for (var i = 0; i < hostile.Length; i++) await world.Outside.ExecuteAsync("insert into forms values ($1, $2, 'hit'), ($1 + 100, 'other', 'miss')", (long)i, hostile[i]);
        await world.Warehouse.ExecuteAsync("create schema raw; create table raw.plans (plan text)");
        foreach (var value in hostile) await world.Warehouse.ExecuteAsync("insert into raw.plans values ($1)", value);

        Assert.Equal(hostile.Length, (await world.LoadAsync(Forms)).Counts.Rows);
        foreach (var value in hostile)
        {
            var yaml = System.Text.Json.JsonSerializer.Serialize(value);
            var found = await world.LoadAsync($"forms:\n  query: select id, note from forms where care_plan_id = :state -- a comment with ':state\n  parameters: {{ state: {yaml} }}");
            Assert.Equal(1, found.Counts.Rows);
        }
        Assert.Equal(["hit"], await world.Warehouse.LinesAsync("select distinct note from raw.forms"));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task What_changed_is_found_by_a_cursor_equal_values_and_late_commits_included(string kind)
    {
        await using var world = await QueryWorld.OfAsync(kind);
        const string Stream = "visit:\n  table: visit\n  key: id\n  cursor: changed\n  overlap: 10m";
        await world.Outside.ExecuteAsync("""
            create table visit (id bigint, changed timestamp, note text);
            insert into visit values (1, '2026-01-01 10:00', 'one'), (2, '2026-01-01 10:00', 'two'), (3, null, 'never')
            """);
        Assert.Equal(3, (await world.LoadAsync(Stream)).Counts.Inserted);
        Assert.Equal((0, 0), await ChangesAsync());

        await world.Outside.ExecuteAsync("insert into visit values (4, '2026-01-01 10:00', 'the same instant'), (5, '2026-01-01 09:51', 'committed late'), (6, '2026-01-01 09:40', 'too late')");
        Assert.Equal((2, 0), await ChangesAsync());
        await world.Outside.ExecuteAsync("update visit set note = 'two again', changed = '2026-01-02' where id = 2; update visit set note = 'now' where id = 3");
        Assert.Equal((0, 2), await ChangesAsync());
        // A clock that is wrong must not hide what comes after it.
        await world.Outside.ExecuteAsync("insert into visit values (7, '2999-01-01', 'future')");
        Assert.Equal((1, 0), await ChangesAsync());
        await world.Outside.ExecuteAsync("insert into visit values (8, (now() at time zone 'UTC') + interval '1 minute', 'after the future')");
        Assert.Equal((1, 0), await ChangesAsync());
        Assert.Equal(["1|1", "2|3", "3|3", "4|2", "5|2", "7|4", "8|5"], await world.Warehouse.LinesAsync("select id, _load from raw.visit order by 1"));

        async Task<(long, long)> ChangesAsync()
        {
            var counts = (await world.LoadAsync(Stream)).Counts;
            return (counts.Inserted, counts.Updated);
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Another_column_or_query_begins_anew(string kind)
    {
        await using var world = await QueryWorld.OfAsync(kind);
        const string Stream = "visit:\n  table: visit\n  key: id\n  cursor: changed\n  overlap_by: 0";
        await world.Outside.ExecuteAsync("create table visit (id bigint, changed bigint); insert into visit values (1, 5), (2, 6)");
        await world.LoadAsync(Stream);
        await world.Outside.ExecuteAsync("alter table visit add column note text; update visit set note = 'n'");
        Assert.Equal(2, (await world.LoadAsync(Stream)).Counts.Inserted);
        Assert.Equal(["1|5|n", "2|6|n"], await world.Warehouse.LinesAsync("select id, changed, note from raw.visit order by 1"));
        await world.LoadAsync("visit:\n  query: select id, note from visit where id = 2\n  key: id");
        Assert.Equal(["2|n"], await world.Warehouse.LinesAsync("select id, note from raw.visit"));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task What_is_wrong_is_said_and_the_old_rows_stand(string kind)
    {
        await using var world = await QueryWorld.OfAsync(kind);
        await world.Outside.ExecuteAsync("create table visit (id bigint, note text, _load text); insert into visit values (1, 'a', ''), (2, 'b', '')");
        await world.LoadAsync("visit:\n  query: select id, note from visit\n  key: id");
        var said = new List<string>();
        foreach (var stream in new[]
        {
            "table: not_there", "query: select id from visit where", "query: select id, note from visit\nkey: plan", "query: select id, note from visit\nkey: id\ncursor: note", "table: visit",
            "query: select 1 as id, note from visit\nkey: id", "query: select id, note from visit where id in (:keys)\nkeys: { query: 'select 1, 2' }", "query: select id, note from visit where id in (:keys)\nkeys: { query: select x from not_there }",
        }) said.Add((await world.RefusedAsync($"visit:\n  {stream.Replace("\n", "\n  ", StringComparison.Ordinal)}")).Code);
        Assert.Equal([ErrorCodes.QueryRefused, ErrorCodes.QueryRefused, ErrorCodes.QueryUnfit, ErrorCodes.QueryUnfit, ErrorCodes.QueryUnfit, ErrorCodes.KeyNotUnique, ErrorCodes.KeysUnfit, ErrorCodes.KeysUnfit], said);
        Assert.Equal(["1|a", "2|b"], await world.Warehouse.LinesAsync("select id, note from raw.visit order by 1"));
        Assert.Equal(0L, await world.Warehouse.ScalarAsync<long>("select count(*) from pg_class where relname like '%tmp%' and relnamespace = 'raw'::regnamespace"));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_source_that_points_at_nothing_says_so(string kind)
    {
        await using var world = await QueryWorld.OfAsync(kind);
        Assert.Equal(ErrorCodes.SourceUnreadable, (await world.RefusedAsync("visit:\n  table: visit", world.Nowhere)).Code);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task An_interrupt_ends_the_query_and_leaves_the_old_rows(string kind)
    {
        await using var world = await QueryWorld.OfAsync(kind);
        await world.Outside.ExecuteAsync("create table visit (id bigint); insert into visit values (1); create view slow as select g as id from generate_series(1, 3) g, pg_sleep(600)");
        await world.LoadAsync("visit:\n  table: visit");
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var load = world.LoadAsync("visit:\n  table: slow", cancel: interrupt.Token);
        while (await RunningAsync() == 0) await Task.Delay(20, Cancel);
        await interrupt.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => load);
        while (await RunningAsync() > 0) await Task.Delay(20, Cancel); // the server was told
        Assert.Equal(["1"], await world.Warehouse.LinesAsync("select id from raw.visit"));

        Task<long> RunningAsync() => world.Outside.ScalarAsync<long>($"select count(*) from pg_stat_activity where datname = current_database() and state = 'active' and query ~ 'slow' and pid <> pg_backend_pid()");
    }
}
