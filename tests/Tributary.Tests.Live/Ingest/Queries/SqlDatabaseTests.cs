using Tributary.Core.Text;

namespace Tributary.Tests.Live.Ingest.Queries;

/// <summary>What only a PostgreSQL as a source has.</summary>
public sealed class SqlDatabaseTests
{
    [Fact]
    public async Task Types_of_its_own_arrive_as_text_and_all_others_as_they_are()
    {
        await using var world = await QueryWorld.OfAsync("sql_database");
        await world.Outside.ExecuteAsync("""
            create type mood as enum ('sad', 'glad'); create domain code as varchar(5) check (value <> ''); create type pair as (a int, b text);
            create table t (id smallint, m mood, ms mood[], c code, p pair, n numeric(12,3), ch char(4), j json, jb jsonb, u uuid, ts timestamptz, tz time with time zone, i interval, b bytea, a int[], ta text[], r int4range, ip inet, x xml, pt point, bt bit(3), o oid, rc regclass, na name, mo money);
            insert into t values (1, 'glad', '{sad,glad}', 'abc', (1, 'x'), 12345.600, 'ab', '{"a": 1,  "a":2}', '{"b": [1]}', '00000000-0000-0000-0000-000000000001', '2026-03-08 02:30-08', '10:00+13', '1 mon 2 days', '\x00ff', '{1,null,3}', '{"a,b",null}', '[1,5)', '10.0.0.0/8', '<a/>', '(1,2)', '101', 42, 'pg_class', 'nm', 1.5); insert into t (id) values (2)
            """);
        await world.LoadAsync("t:\n  key: id");
        var columns = "id::text, m, ms, c, p, n::text, ch || '|', j::text, jb::text, u::text, ts::text, tz::text, i::text, b::text, a::text, ta::text, r::text, ip::text, x::text, pt::text, bt::text, o::text, rc, na";
        var expected = await world.Outside.LinesAsync("set timezone = 'UTC'; select " + columns.Replace("m, ms, c, p,", "m::text, ms::text, c::text, p::text,", StringComparison.Ordinal).Replace("rc, na", "rc::text, na::text", StringComparison.Ordinal) + " from t order by id");
        Assert.Equal(expected, await world.Warehouse.LinesAsync($"select {columns} from raw.t order by id"));
        Assert.Equal("smallint,numeric,jsonb,timestamp with time zone,integer[],int4range", await world.Warehouse.ScalarAsync<string>(
            "select string_agg(format_type(atttypid, -1), ',' order by attnum) from pg_attribute where attrelid = 'raw.t'::regclass and attname in ('id', 'n', 'jb', 'ts', 'a', 'r')"));
        Assert.Equal((0, 2), ((await world.LoadAsync("t:\n  key: id")).Counts.Inserted, (await world.LoadAsync("t:\n  key: id")).Counts.Unchanged));
    }

    [Fact]
    public async Task A_query_sees_one_snapshot_and_can_change_nothing()
    {
        await using var world = await QueryWorld.OfAsync("sql_database");
        await world.Outside.ExecuteAsync("create table t (id int); insert into t values (1); create function bad() returns int language sql volatile as 'insert into t values (9) returning id'");
        Assert.Contains("read-only transaction", (await world.RefusedAsync("t:\n  query: select bad() as id")).Message, StringComparison.Ordinal);
        Assert.Equal(ErrorCodes.QueryRefused, (await world.RefusedAsync("t:\n  query: select 1 as id) q) to stdout; commit; insert into t values (7); copy (select * from (select 1 as id")).Code);
        Assert.Equal(["1"], await world.Outside.LinesAsync("select id from t"));
    }

    [Fact]
    public async Task Rows_are_of_one_snapshot_over_all_batches_of_keys()
    {
        await using var world = await QueryWorld.OfAsync("sql_database");
        await world.Outside.ExecuteAsync("create table f (id int, plan int); insert into f select n, n from generate_series(1, 10) n");
        await world.Warehouse.ExecuteAsync("create schema raw; create table raw.plans as select generate_series(1, 10) as plan");
        // The first batch waits for a lock, and while it does another session adds rows for the last key.
        await using var blocker = await world.Outside.OpenAsync();
        await using var transaction = await blocker.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var take = new Npgsql.NpgsqlCommand("select pg_advisory_lock(77)", blocker)) await take.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var load = world.LoadAsync("f:\n  query: select id, plan from f where plan in (:keys) and (plan <> 1 or (select pg_advisory_lock_shared(77)) is not null)\n  keys: { query: select plan from raw.plans, batch: 1 }");
        while (await world.Outside.ScalarAsync<long>("select count(*) from pg_locks where locktype = 'advisory' and not granted") == 0) await Task.Delay(20, TestContext.Current.CancellationToken);
        await world.Outside.ExecuteAsync("insert into f select 100 + n, 9 from generate_series(1, 5) n");
        await using (var free = new Npgsql.NpgsqlCommand("select pg_advisory_unlock(77)", blocker)) await free.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        Assert.Equal((10L, "10 keys in 10 batches"), ((await load).Counts.Rows, (await load).Note));
    }

    [Fact]
    public async Task Refused_logins_slow_queries_superusers_and_dead_servers_are_told_apart()
    {
        await using var world = await QueryWorld.OfAsync("sql_database");
        var head = world.Head;
        var admin = world.Outside.AdminAddress;
        await world.Outside.ExecuteAsync("create table t (id int); create table closed (id int)");
        Assert.Contains("superuser", (await world.RefusedAsync("t:", head.Replace(world.Outside.Address.Username!, admin.Username!, StringComparison.Ordinal))).Message, StringComparison.Ordinal);
        Assert.Contains("statement_timeout: 1s", (await world.RefusedAsync("t:\n  query: select pg_sleep(30)::text as id", head + "\nstatement_timeout: 1s")).Message, StringComparison.Ordinal);
        var reader = await world.Outside.CreateRoleAsync("reader");
        await world.Outside.ExecuteAsync($"grant usage on schema public to \"{reader}\"; grant select on t to \"{reader}\"");
        var asReader = head.Replace($"user: {world.Outside.Address.Username}", $"user: {reader}", StringComparison.Ordinal);
        Assert.Equal(0, (await world.LoadAsync("t:", asReader)).Counts.Rows);
        var refused = await world.RefusedAsync("closed:", asReader);
        Assert.Equal((ErrorCodes.QueryRefused, $"grant select on what it reads to \"{reader}\";"), (refused.Code, refused.Hint));
        var gone = await Assert.ThrowsAsync<TransientException>(() => world.LoadAsync("t:", head.Replace($"port: {world.Outside.Address.Port}", "port: 9", StringComparison.Ordinal)));
        Assert.Contains("cannot be reached", gone.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_dies_in_the_middle_is_transient_and_the_old_rows_stand()
    {
        await using var world = await QueryWorld.OfAsync("sql_database");
        await world.Outside.ExecuteAsync("create table t (id int, note text); insert into t values (1, 'old')");
        await world.LoadAsync("t:");
        await world.Outside.ExecuteAsync("create view slow as select g as id, case when g = 200000 then pg_sleep(600)::text else 'x' end as note from generate_series(1, 400000) g");
        var load = world.LoadAsync("t:\n  table: slow");
        while (!await world.Outside.ScalarAsync<bool>("select exists (select from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep')")) await Task.Delay(20, TestContext.Current.CancellationToken);
        await world.Outside.ExecuteAsAdminAsync("select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()");
        await Assert.ThrowsAsync<TransientException>(() => load);
        Assert.Equal(["1|old"], await world.Warehouse.LinesAsync("select id, note from raw.t"));
    }

    [Fact]
    public async Task A_row_that_is_too_large_is_refused_and_large_ones_pass()
    {
        await using var world = await QueryWorld.OfAsync("sql_database");
        await world.Outside.ExecuteAsync("create table t (id int, note text); insert into t values (1, repeat('x', 3000000)), (2, 'small')");
        Assert.Equal(2, (await world.LoadAsync("t:")).Counts.Rows);
        Assert.Equal(3_000_000, await world.Warehouse.ScalarAsync<int>("select length(note) from raw.t where id = 1"));
        Assert.Equal(ErrorCodes.QueryUnfit, (await world.RefusedAsync("t:", world.Head + "\nmax_record_bytes: 1 MB")).Code);
    }
}
