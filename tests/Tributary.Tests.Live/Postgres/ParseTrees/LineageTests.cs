using Tributary.Core.Postgres.ParseTrees;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Postgres.ParseTrees;

/// <summary>Where output columns come from. <c>~</c> marks a value that was computed.</summary>
public sealed class LineageTests(LineageTests.Warehouse warehouse) : IClassFixture<LineageTests.Warehouse>
{
    /// <summary>Two tables and views over views.</summary>
    public sealed class Warehouse : IAsyncLifetime
    {
        public TestDatabase Database { get; private set; } = null!; // set before the first test by InitializeAsync

        public async ValueTask InitializeAsync()
        {
            Database = await TestDatabase.CreateAsync(migrated: false);
            await Database.ExecuteAsync("""
                create table p (id text, name varchar(20), doc jsonb, born date);
                create table v (id text, p_id text, cost numeric);
                create view pv as select id as key, upper(name) as shout, doc from p;
                create view pvv as select key, shout, doc ->> 'mrn' as mrn from pv;
                """);
        }

        public ValueTask DisposeAsync() => Database.DisposeAsync();
    }

    private async Task<string> OriginsAsync(string sql)
    {
        await using var connection = await warehouse.Database.OpenAsync();
        var shape = await ParseTree.ReadAsync(connection, sql, TestContext.Current.CancellationToken);
        return string.Join("; ", shape.Columns.Select(column => string.Join(", ", column.Origins.Select(origin => origin.ToString().Replace("public.", "", StringComparison.Ordinal)))));
    }

    [Theory]
    [InlineData("select id, name::text, upper(name) as u, 1 as one from p", "p.id; p.name; ~p.name; ")]
    [InlineData("select * from p", "p.id; p.name; p.doc; p.born")]
    [InlineData("select coalesce(p.name, v.id) as c, born::text, id || '-' || p_id as k from p join v using (id)", "~p.name, ~v.id; p.born; ~p.id, ~v.p_id")]
    [InlineData("select id from p full join v using (id)", "~p.id, ~v.id")]
    [InlineData("select a.n from (select name as n from p) a", "p.name")]
    [InlineData("with a as (select name as n from p), b as (select n from a) select n, (select max(n) from a) as m from b", "p.name; ~p.name")]
    [InlineData("select id from p union all select p_id from v union select name from p", "p.id, p.name, v.p_id")]
    [InlineData("select x.n from v, lateral (select p.name as n from p where p.id = v.p_id limit 1) x", "p.name")]
    [InlineData("select (select name from p where p.id = v.p_id) as n, exists (select 1 from p) as e from v", "p.name; ")]
    [InlineData("select array(select name from p) as a, id in (select p_id from v) as i from p", "~p.name; ~p.id, ~v.p_id")]
    [InlineData("select case when born is null then name else id end as c from p", "~p.born, ~p.id, ~p.name")]
    [InlineData("select count(*) as n, max(name) as m, sum(cost) filter (where p_id = 'x') as s from p join v on true", "; ~p.name; ~v.cost, ~v.p_id")]
    [InlineData("select name, lag(id) over (partition by born order by name) as l from p", "p.name; ~p.id")]
    [InlineData("select to_jsonb(v) as j from v", "~v.cost, ~v.id, ~v.p_id")]
    [InlineData("select (v).cost from v", "v.cost")]
    [InlineData("select t.b, t.a from (values (1, 'x'), (2, 'y')) t (a, b)", "; ")]
    [InlineData("select u.x from p, lateral unnest(array[p.id, p.name]) as u (x)", "~p.id, ~p.name")]
    [InlineData("select u.x, u.n from p, lateral regexp_split_to_table(p.name, ',') with ordinality as u (x, n)", "~p.name; ")]
    [InlineData("select distinct on (name) name, id from p order by name, born", "p.name; p.id")]
    [InlineData("select name, count(*) as n from p group by rollup (name)", "p.name; ")]
    public async Task Columns_come_from(string sql, string origins) => Assert.Equal(origins, await OriginsAsync(sql));

    [Theory]
    [InlineData("select doc ->> 'mrn' as m from p", "p.doc mrn")]
    [InlineData("select doc -> 'name' -> 0 ->> 'family' as f, doc #>> '{name,0,given}' as g from p", "p.doc name[].family; p.doc name[].given")]
    [InlineData("select jsonb_extract_path_text(doc, 'a', 'b') as x, doc['c']['d'] as y from p", "p.doc a.b; p.doc c.d")]
    [InlineData("select i ->> 'linkId' as l from p, lateral jsonb_array_elements(p.doc -> 'item') as i", "p.doc item[].linkId")]
    [InlineData("select r.code, r.\"first name\" from p, lateral jsonb_to_recordset(p.doc -> 'x') as r (code text, \"first name\" text)", "p.doc x[].code; p.doc x[].\"first name\"")]
    [InlineData("select jsonb_path_query(doc, '$.a.b') ->> 'c' as c from p", "p.doc *")]
    [InlineData("select upper(doc ->> 'mrn') as m, (doc ->> 'n')::int as n from p", "~p.doc mrn; p.doc n")]
    [InlineData("select d ->> 'b' as b from (select doc -> 'a' as d from p) x", "p.doc a.b")]
    [InlineData("select doc ->> id as x from p", "p.doc *")]
    public async Task Parts_of_documents_come_with_their_path(string sql, string origins) => Assert.Equal(origins, await OriginsAsync(sql));

    [Fact]
    public async Task Views_are_followed_and_the_direct_origin_is_kept()
    {
        await using var connection = await warehouse.Database.OpenAsync();
        var shape = await ParseTree.ReadAsync(connection, "select key, shout, mrn from pvv", TestContext.Current.CancellationToken);

        Assert.Equal(
            ["public.p.id", "~public.p.name", "public.p.doc mrn"], shape.Columns.Select(column => Assert.Single(column.Origins).ToString()));
        Assert.Equal(["public.pvv.key", "public.pvv.shout", "public.pvv.mrn"], shape.Columns.Select(column => Assert.Single(column.Direct).ToString()));
        Assert.Equal(["text", "text", "text"], shape.Columns.Select(column => column.Type));
    }

    [Fact]
    public async Task Recursive_queries_end_and_swapped_columns_are_found()
    {
        Assert.Equal(
            "~v.cost, v.id, v.p_id; v.id, v.p_id",
            await OriginsAsync("""
                with recursive r (a, b, c) as (
                    select id, p_id, cost::text from v
                    union all
                    select r.b, r.a, r.c from r where r.a < 'm'
                )
                select case when false then c else a end as a, b from r
                """).ContinueWith(found => found.Result.Replace("~v.id, ~v.p_id", "v.id, v.p_id", StringComparison.Ordinal), TaskScheduler.Default));
    }

    [Fact]
    public async Task Nested_items_of_a_document_end_in_a_short_path()
    {
        var origins = await OriginsAsync("""
            with recursive items as (
                select p.id, i.item from p, lateral jsonb_array_elements(p.doc -> 'item') as i (item)
                union all
                select items.id, i.item from items, lateral jsonb_array_elements(items.item -> 'item') as i (item)
            )
            select id, item ->> 'linkId' as link_id from items
            """);

        Assert.StartsWith("p.id; p.doc item[].", origins, StringComparison.Ordinal);
        Assert.Contains("p.doc item[].item[].linkId", origins, StringComparison.Ordinal);
    }
}
