using Npgsql;
using Tributary.Core.Postgres;
using Tributary.Core.Postgres.Swaps;
using Tributary.Core.Text;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Postgres.Swaps;

public sealed class SwapTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Relation Target => new("public", "visit");

    private static Relation Built => new("public", "visit__tmp");

    /// <summary>Builds <c>visit__tmp</c> with the statement and swaps it in, in one transaction.</summary>
    private static async Task<SwapResult> SwapAsync(TestDatabase warehouse, string build)
    {
        await using var connection = await warehouse.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await using (var command = new NpgsqlCommand(build, connection)) await command.ExecuteNonQueryAsync(Cancel);
        var result = await Swap.RunAsync(connection, Built, Target, Cancel);
        await transaction.CommitAsync(Cancel);
        return result;
    }

    [Fact]
    public async Task The_first_build_takes_the_name_and_its_indexes_lasting_names()
    {
        await using var warehouse = await TestDatabase.CreateAsync(migrated: false);

        var result = await SwapAsync(warehouse, """
            create table visit__tmp (id int primary key, day date check (day > '1900-01-01'));
            create index visit_day__tmp on visit__tmp (day);
            create index on visit__tmp (day, id)
            """);

        Assert.Equal(result.Oid, await warehouse.ScalarAsync<uint>("select 'visit'::regclass::oid"));
        Assert.Equal(
            ["visit_day", "visit_day_id_idx", "visit_pkey"],
            await warehouse.LinesAsync("select indexname from pg_indexes where tablename = 'visit' order by 1"));
        Assert.Equal(["visit_day_check"], await warehouse.LinesAsync("select conname from pg_constraint where conrelid = 'visit'::regclass and contype = 'c'"));
    }

    [Fact]
    public async Task Rights_comments_options_triggers_and_row_security_stay()
    {
        await using var warehouse = await TestDatabase.CreateAsync(migrated: false);
        var reader = await warehouse.CreateRoleAsync();
        await warehouse.ExecuteAsync($"""
            create table visit (id int, name text, secret text) with (fillfactor = 70);
            create index "by name" on visit (name);
            grant select (id), update (name) on visit to "{reader}";
            grant insert on visit to "{reader}" with grant option;
            comment on table visit is 'Visit''s';
            comment on column visit.id is 'key';
            comment on column visit.name is 'old words';
            create function noted() returns trigger language plpgsql as 'begin return new; end';
            create trigger noted before insert on visit for each row execute function noted();
            alter table visit enable row level security;
            create policy own on visit for select to "{reader}" using (name = current_user);
            """);

        await SwapAsync(warehouse, """
            create table visit__tmp (name text, id int);
            comment on column visit__tmp.name is 'new words';
            create index visit__tmp_name_idx on visit__tmp (name);
            """);

        Assert.Equal(
            ["id|SELECT", "name|UPDATE"],
            await warehouse.LinesAsync("select column_name, privilege_type from information_schema.column_privileges where table_name = 'visit' and grantee = $1 and privilege_type in ('SELECT', 'UPDATE') order by 1", reader));
        Assert.True(await warehouse.ScalarAsync<bool>("select has_table_privilege($1, 'visit', 'insert with grant option')", reader));
        Assert.Equal(
            ["Visit's|new words|key|True|{fillfactor=70}"],
            await warehouse.LinesAsync("select obj_description(oid), col_description(oid, 1), col_description(oid, 2), relrowsecurity, reloptions::text from pg_class where oid = 'visit'::regclass"));
        Assert.Equal(["noted"], await warehouse.LinesAsync("select tgname from pg_trigger where tgrelid = 'visit'::regclass"));
        Assert.Equal(["own"], await warehouse.LinesAsync("select polname from pg_policy where polrelid = 'visit'::regclass"));
        Assert.Equal(["by name"], await warehouse.LinesAsync("select indexname from pg_indexes where tablename = 'visit'"));
    }

    [Fact]
    public async Task Views_stay_the_same_relations_when_their_columns_do()
    {
        await using var warehouse = await TestDatabase.CreateAsync(migrated: false);
        await warehouse.ExecuteAsync("""
            create table visit (id int, name text);
            create view v with (security_barrier) as select id, name from visit;
            create view vv as select v.id, visit.name from v join visit using (id);
            create materialized view m as select count(*) as n from v;
            """);
        var before = await warehouse.LinesAsync("select oid from pg_class where relname in ('v', 'vv', 'm') order by relname");

        var result = await SwapAsync(warehouse, "create table visit__tmp as select 7 as id, 'x' as name, true as more");

        Assert.Empty(result.Recreated);
        Assert.Equal(before, await warehouse.LinesAsync("select oid from pg_class where relname in ('v', 'vv', 'm') order by relname"));
        Assert.Equal(["7|x"], await warehouse.LinesAsync("select * from vv"));
        Assert.Equal("{security_barrier=true}", await warehouse.ScalarAsync<string>("select reloptions::text from pg_class where relname = 'v'"));
    }

    [Fact]
    public async Task Views_over_views_are_recreated_with_all_of_theirs_when_a_type_changes()
    {
        await using var warehouse = await TestDatabase.CreateAsync();
        var reader = await warehouse.CreateRoleAsync();
        await warehouse.ExecuteAsync($"""
            create table visit (id int, name text);
            create schema marts;
            create view marts.v as select id, name from visit;
            create view marts.w as select v.id, visit.name from marts.v join visit using (id);
            create materialized view m as select id, count(*) as n from marts.w group by id;
            create unique index m_key on m (id);
            create view top as select sum(n) as n from m;
            grant select on marts.w, m, top to "{reader}";
            comment on view marts.v is 'words';
            comment on column m.n is 'count';
            insert into tributary.success (project, target, node, fingerprint, relation_oid, relation_file, run_id, as_of, succeeded_at)
                values ('p', 't', 'model.m', 'f', 'm'::regclass, pg_relation_filenode('m'), 'r', now(), now());
            """);

        var result = await SwapAsync(warehouse, "create table visit__tmp as select 7::bigint as id, 'x' as name");

        Assert.Equal(["marts.v", "marts.w", "public.m", "public.top"], result.Recreated.Select(view => view.Relation.ToString()));
        Assert.Equal(["1"], await warehouse.LinesAsync("select n from top"));
        Assert.Equal(
            ["True|True|True"],
            await warehouse.LinesAsync("select has_table_privilege($1, 'marts.w', 'select'), has_table_privilege($1, 'm', 'select'), has_table_privilege($1, 'top', 'select')", reader));
        Assert.Equal(["words|count"], await warehouse.LinesAsync("select obj_description('marts.v'::regclass), col_description('m'::regclass, 2)"));
        Assert.Equal(["m_key"], await warehouse.LinesAsync("select indexname from pg_indexes where tablename = 'm'"));
        Assert.True(await warehouse.ScalarAsync<bool>(
            "select relation_oid = 'm'::regclass and relation_file = pg_relation_filenode('m') from tributary.success"));
    }

    [Fact]
    public async Task A_materialized_view_right_over_the_table_is_rebuilt_with_the_new_rows()
    {
        await using var warehouse = await TestDatabase.CreateAsync(migrated: false);
        await warehouse.ExecuteAsync("create table visit (id int); create materialized view m as select count(*) as n from visit");

        var result = await SwapAsync(warehouse, "create table visit__tmp as select generate_series(1, 3) as id");

        Assert.Single(result.Recreated);
        Assert.Equal(["3"], await warehouse.LinesAsync("select n from m"));
    }

    [Fact]
    public async Task A_view_that_would_no_longer_compile_is_named_and_the_old_state_stands()
    {
        await using var warehouse = await TestDatabase.CreateAsync(migrated: false);
        await warehouse.ExecuteAsync("create table visit (id int, name text); insert into visit values (1, 'old'); create view by_name as select name from visit");
        await using var connection = await warehouse.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await using var command = new NpgsqlCommand("create table visit__tmp as select 2 as id", connection);
        await command.ExecuteNonQueryAsync(Cancel);

        var refused = await Assert.ThrowsAsync<UserErrorException>(() => Swap.RunAsync(connection, Built, Target, Cancel));

        Assert.Equal(ErrorCodes.DatabaseRefused, refused.Errors[0].Code);
        Assert.Contains("public.by_name", refused.Message, StringComparison.Ordinal);
        Assert.Contains("name", refused.Message, StringComparison.Ordinal);
        await transaction.CommitAsync(Cancel);
        Assert.Equal(["old"], await warehouse.LinesAsync("select * from by_name"));
    }

    [Fact]
    public async Task A_foreign_key_from_elsewhere_goes_over_and_is_named_when_its_key_is_gone()
    {
        await using var warehouse = await TestDatabase.CreateAsync(migrated: false);
        await warehouse.ExecuteAsync("create table visit (id int primary key); create table note (visit_id int references visit)");

        var refused = await Assert.ThrowsAsync<UserErrorException>(() => SwapAsync(warehouse, "create table visit__tmp (id int)"));

        Assert.Contains("note_visit_id_fkey", refused.Message, StringComparison.Ordinal);
        await SwapAsync(warehouse, "drop table if exists visit__tmp; create table visit__tmp (id int primary key); insert into visit__tmp values (1)");
        await Assert.ThrowsAsync<PostgresException>(() => warehouse.ExecuteAsync("insert into note values (2)"));
        await warehouse.ExecuteAsync("insert into note values (1)");
    }

    [Fact]
    public async Task A_view_of_another_owner_is_named_with_the_grant_to_run()
    {
        await using var warehouse = await TestDatabase.CreateAsync(migrated: false);
        var analyst = await warehouse.CreateRoleAsync("analyst");
        await warehouse.ExecuteAsync($"""create table visit (id int); grant select on visit to "{analyst}"; grant create on schema public to "{analyst}";""");
        await warehouse.ExecuteAsAdminAsync($"""set role "{analyst}"; create view theirs as select id from visit""");

        var refused = await Assert.ThrowsAsync<UserErrorException>(() => SwapAsync(warehouse, "create table visit__tmp (id int)"));
        Assert.Contains(analyst, refused.Message, StringComparison.Ordinal);

        await warehouse.ExecuteAsAdminAsync($"""grant "{analyst}" to tributary""");
        await SwapAsync(warehouse, "create table visit__tmp as select 5 as id");
        Assert.Equal(["5"], await warehouse.LinesAsync("select * from theirs"));
    }

    [Theory]
    [InlineData("create view visit as select 1 as id", "create table visit__tmp as select 2 as id", "r")]
    [InlineData("create table visit as select 1 as id", "create view visit__tmp as select 2 as id", "v")]
    [InlineData("create materialized view visit as select 1 as id", "create view visit__tmp as select 2 as id", "v")]
    [InlineData("create table visit as select 1 as id", "create materialized view visit__tmp as select 2 as id", "m")]
    public async Task A_relation_may_change_its_kind(string before, string after, string kind)
    {
        await using var warehouse = await TestDatabase.CreateAsync(migrated: false);
        var reader = await warehouse.CreateRoleAsync();
        await warehouse.ExecuteAsync($"""{before}; create view over as select id from visit; grant select on visit to "{reader}" """);

        await SwapAsync(warehouse, after);

        Assert.Equal([$"{kind}|2|True"], await warehouse.LinesAsync("select relkind, (select id from over), has_table_privilege($1, 'visit', 'select') from pg_class where relname = 'visit'", reader));
    }

    [Fact]
    public async Task Names_of_sixty_three_bytes_and_quotes_work()
    {
        await using var warehouse = await TestDatabase.CreateAsync(migrated: false);
        var target = new Relation("public", "a \"long\" one " + new string('ü', 25));
        var built = new Relation("public", Identifier.Shorten(target.Name, "__tmp"));
        await warehouse.ExecuteAsync($"create table {target.Sql} (id int primary key); create view v as select id from {target.Sql}");
        for (var i = 1; i <= 2; i++)
        {
            await using var connection = await warehouse.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync(Cancel);
            await using var command = new NpgsqlCommand($"create table {built.Sql} (id int primary key); insert into {built.Sql} values ({i})", connection);
            await command.ExecuteNonQueryAsync(Cancel);
            await Swap.RunAsync(connection, built, target, Cancel);
            await transaction.CommitAsync(Cancel);
        }

        Assert.Equal(["2"], await warehouse.LinesAsync("select id from v"));
    }
}
