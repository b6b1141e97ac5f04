using Npgsql;
using Tributary.Core.Postgres.ParseTrees;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Postgres.ParseTrees;

/// <summary>What queries read and call, against a real server.</summary>
public sealed class ParseTreeTests(ParseTreeTests.Warehouse warehouse) : IClassFixture<ParseTreeTests.Warehouse>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Tables, views over views and functions that the tests read.</summary>
    public sealed class Warehouse : IAsyncLifetime
    {
        public TestDatabase Database { get; private set; } = null!; // set before the first test by InitializeAsync

        public async ValueTask InitializeAsync()
        {
            Database = await TestDatabase.CreateAsync(migrated: false);
            await Database.ExecuteAsync("""
                create schema raw;
                create table raw.patient (id text, resource jsonb, born date, loaded timestamptz);
                create table raw.visit (id text, patient_id text, at timestamptz, cost numeric(10, 2));
                create view raw.patients as select id, resource ->> 'mrn' as mrn, born from raw.patient;
                create view raw.young as select * from raw.patients where born > current_date - 6570;
                create view raw.lucky as select * from raw.patients where random() > 0.5;
                create materialized view raw.kept as select id from raw.patient;
                create function raw.clean(text) returns text immutable language sql as $$ select lower($1) $$;
                create function raw.lookup(text) returns text stable language sql as $$ select max(id) from raw.patient $$;
                """);
        }

        public ValueTask DisposeAsync() => Database.DisposeAsync();

        public async Task<QueryShape> ReadAsync(string sql)
        {
            await using var connection = await Database.OpenAsync();
            return await ParseTree.ReadAsync(connection, sql, Cancel);
        }
    }

    [Fact]
    public async Task Relations_are_found_wherever_they_stand()
    {
        var shape = await warehouse.ReadAsync("""
            with v as (select * from raw.visit)
            select p.id, (select count(*) from raw.kept k where k.id = p.id)
            from raw.patients p
            where exists (select 1 from v where v.patient_id = p.id)
            """);

        Assert.Equal(
            ["raw.kept m True", "raw.patient r False", "raw.patients v True", "raw.visit r True"],
            shape.Relations.Select(read => $"{read.Relation} {read.Kind} {read.IsDirect}"));
    }

    [Theory]
    [InlineData("select current_date")]
    [InlineData("select localtimestamp(3)")]
    [InlineData("select now()")]
    [InlineData("select clock_timestamp()")]
    [InlineData("select age(born) from raw.patient")]
    [InlineData("select id from raw.young")]
    [InlineData("select 'today'::date as day")]
    [InlineData("select id from raw.patient where loaded > (select ' NOW '::timestamptz)")]
    [InlineData("with recursive n as (select 1 as i union all select i + 1 from n where i < extract(day from current_timestamp)) select * from n")]
    public async Task A_query_that_reads_the_clock_is_known(string sql)
    {
        var shape = await warehouse.ReadAsync(sql);

        Assert.True(shape.ReadsClock);
        Assert.NotEmpty(shape.Because);
    }

    [Theory]
    [InlineData("select random()")]
    [InlineData("select gen_random_uuid()")]
    [InlineData("select id from raw.lucky")]
    [InlineData("select raw.lookup(id) from raw.patient")]
    [InlineData("select current_user")]
    [InlineData("select current_setting('work_mem')")]
    [InlineData("select pg_backend_pid()")]
    [InlineData("select id from raw.patient tablesample bernoulli (10)")]
    [InlineData("select row_number() over (order by random()) from raw.patient")]
    [InlineData("select count(*) filter (where random() > 0.5) from raw.patient")]
    public async Task A_query_whose_result_may_change_by_itself_is_known(string sql)
    {
        var shape = await warehouse.ReadAsync(sql);

        Assert.True(shape.IsVolatile);
        Assert.False(shape.ReadsClock);
        Assert.NotEmpty(shape.Because);
    }

    [Theory]
    [InlineData("select raw.clean(id) from raw.patient")]
    [InlineData("select to_char(at, 'YYYY-MM-DD'), at at time zone 'America/New_York', at::date, date_trunc('day', at) from raw.visit")]
    [InlineData("select jsonb_agg(jsonb_build_object('id', id)), string_agg(concat(id, born), ',' order by id) from raw.patient")]
    [InlineData("select id from raw.patient where id = 'today'")]
    [InlineData("select date '2025-01-01', age(timestamp '2025-01-01', born) from raw.patient")]
    [InlineData("select id from raw.patient tablesample system (10) repeatable (1)")]
    [InlineData("select d::date from generate_series(date '2025-01-01', date '2025-02-01', interval '1 day') d")]
    public async Task A_query_that_only_depends_on_its_input_is_neither(string sql)
    {
        var shape = await warehouse.ReadAsync(sql);

        Assert.Empty(shape.Because);
        Assert.False(shape.ReadsClock || shape.IsVolatile);
    }

    [Fact]
    public async Task A_function_comes_with_the_hash_that_success_records_compare()
    {
        var shape = await warehouse.ReadAsync("select raw.clean(id) from raw.patient");

        var clean = Assert.Single(shape.Functions, function => function.Name == "clean");
        Assert.Equal(("raw", 'i', false, "sql"), (clean.Schema, clean.Volatility, clean.IsBuiltIn, clean.Language));
        Assert.Equal(
            clean.BodyHash,
            await warehouse.Database.ScalarAsync<string>(
                "select md5(coalesce(prosrc, '') || coalesce(prosqlbody::text, '')) from pg_proc where oid = $1::oid", (long)clean.Oid));
    }

    [Fact]
    public async Task Names_that_look_like_the_trees_own_syntax_are_read()
    {
        await warehouse.Database.ExecuteAsync("""
            create table raw.":x {"" }" (":resno 1" int, "<>" text, "a\b" text, "12(" text);
            """);

        var shape = await warehouse.ReadAsync("""
            select ":resno 1" as ":resno", "<>" as "{}", "a\b" as "\", "12(" as "("
            from raw.":x {"" }" as ":rtable (" where "<>" <> ') } :relid 1 (' and "a\b" <> E'\\ \n [ 1 2 ]'
            """);

        Assert.Equal(
            [":resno = raw.:x {\" }.:resno 1", "{} = raw.:x {\" }.<>", "\\ = raw.:x {\" }.a\\b", "( = raw.:x {\" }.12("],
            shape.Columns.Select(column => $"{column.Name} = {Assert.Single(column.Origins)}"));
    }

    [Fact]
    public async Task The_caller_s_transaction_goes_on_as_if_nothing_had_happened()
    {
        await using var connection = await warehouse.Database.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await ExecuteAsync(connection, "create temporary table mine (a int)");

        var shape = await ParseTree.ReadAsync(connection, "select a from mine -- and a comment", Cancel);
        await Assert.ThrowsAsync<PostgresException>(() => ParseTree.ReadAsync(connection, "select nonsense", Cancel));
        await ExecuteAsync(connection, "insert into mine values (1)");

        Assert.Equal("a", Assert.Single(shape.Columns).Name);
    }

    [Fact]
    public async Task Of_many_queries_the_refused_ones_say_where_and_the_others_have_their_shape()
    {
        await using var connection = await warehouse.Database.OpenAsync();
        string[] queries = [.. Enumerable.Range(0, 120).Select(i => i % 50 == 7 ? "select id,\n  nonsense from raw.patient" : $"select id, {i} as n from raw.patient")];

        var probes = await ParseTree.ReadAllAsync(connection, queries, Cancel);

        Assert.Equal([7, 57, 107], Enumerable.Range(0, 120).Where(i => probes[i].Refused is not null));
        Assert.Equal((2, 3), (probes[57].Refused!.Line, probes[57].Refused!.Column));
        Assert.All(probes.Where(probe => probe.Refused is null), probe => Assert.Equal(["id", "n"], probe.Shape!.Columns.Select(column => column.Name)));
    }

    [Fact]
    public async Task A_second_statement_is_refused_and_not_run()
    {
        await using var connection = await warehouse.Database.OpenAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => ParseTree.ReadAsync(connection, "select 1; commit; drop table raw.visit", Cancel));

        Assert.True(await warehouse.Database.ScalarAsync<bool>("select to_regclass('raw.visit') is not null"));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
