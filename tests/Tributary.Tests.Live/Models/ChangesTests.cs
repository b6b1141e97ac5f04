using Tributary.Core.Models;
using Tributary.Tests.Live.Connectors.Couch;

namespace Tributary.Tests.Live.Models;

/// <summary>Incremental models that follow the changes of streams: what they hold is what a full build would give, after whatever happened.</summary>
public sealed class ChangesTests
{
    private const string Source = """
        --- models/sources.yml
        sources:
          - name: v1
            tables:
              - {name: couchdb, meta: {tributary: {stream: [cht.medic, cht.sentinel]}}}

        """;

    private const string Reports = """
        --- models/reports.sql
        {{ config(materialized='incremental', unique_key='uuid') }}
        select _id as uuid, doc ->> 'n' as n, source from {{ changes('couchdb') }} where doc ->> 'type' = 'report'

        """;

    private static string Report(int n) => $"\"type\":\"report\",\"n\":\"{n}\"";

    [Fact]
    [Requirement("C2", "C22")]
    public async Task Updates_deletions_and_rows_that_match_no_longer_reach_the_model()
    {
        await using var host = await CouchHost.CreateAsync();
        await using var folder = Project(host, Reports + """
            --- models/count.sql
            {{ config(materialized='table') }} select count(*) as n from {{ ref('reports') }}
            """);
        for (var i = 0; i < 6; i++) host.Medic.Put($"d{i}", Report(i));
        host.Medic.Put("person", "\"type\":\"person\"");
        await host.LoadAsync();
        await BuildAsync(folder, "built");
        Assert.Equal(["d0|0", "d1|1", "d2|2", "d3|3", "d4|4", "d5|5"], await RowsAsync(host));
        await BuildAsync(folder, "fresh");

        host.Medic.Put("d1", Report(11));
        host.Medic.Delete("d2");
        host.Medic.Put("d3", "\"type\":\"other\"");
        host.Medic.Purge("d4");
        host.Medic.Put("person", Report(7));
        await host.LoadAsync();
        await BuildAsync(folder, "built");
        Assert.Equal(["d0|0", "d1|11", "d5|5", "person|7"], await RowsAsync(host));

        host.Medic.Put("d2", Report(22)); // created again
        await host.LoadAsync();
        await BuildAsync(folder, "built");
        Assert.Equal(["d0|0", "d1|11", "d2|22", "d5|5", "person|7"], await RowsAsync(host));
        await BuildAsync(folder, "fresh");
    }

    [Fact]
    public async Task What_does_not_concern_a_model_leaves_it_and_what_hangs_on_it_alone()
    {
        await using var host = await CouchHost.CreateAsync();
        await using var folder = Project(host, Reports + """
            --- models/count.sql
            {{ config(materialized='table') }} select count(*) as n from {{ ref('reports') }}
            """);
        host.Medic.Put("d1", Report(1));
        await host.LoadAsync();
        await BuildAsync(folder, "built");
        var file = await host.Warehouse.ScalarAsync<uint>("select pg_relation_filenode('analytics.count')");
        host.Medic.Put("p1", "\"type\":\"person\"");
        await host.LoadAsync();
        var ends = await folder.BuildAsync();
        Assert.Equal(("built", "fresh"), (ends["reports"], ends["count"]));
        Assert.Equal(file, await host.Warehouse.ScalarAsync<uint>("select pg_relation_filenode('analytics.count')"));
        Assert.Equal(["2"], await host.Warehouse.LinesAsync("select load from tributary.cursor where node like '%reports' and stream = 'cht.medic'"));
        await BuildAsync(folder, "fresh");
    }

    [Fact]
    [Requirement("C28")]
    public async Task A_build_that_failed_is_tried_again_when_nothing_new_came()
    {
        await using var host = await CouchHost.CreateAsync();
        await using var folder = Project(host, """
            --- models/reports.sql
            {{ config(materialized='incremental', unique_key='uuid') }}
            select _id as uuid, public.number(doc ->> 'n') as n from {{ changes('couchdb') }}
            """);
        await host.Warehouse.ExecuteAsAdminAsync("create function public.number(text) returns int language sql immutable as 'select $1::int'");
        host.Medic.Put("d1", Report(1));
        await host.LoadAsync();
        await BuildAsync(folder, "built");
        host.Medic.Put("d2", "\"n\":\"two\"");
        await host.LoadAsync();
        await BuildAsync(folder, "failed");
        await BuildAsync(folder, "failed");
        Assert.Equal(["d1|1"], await host.Warehouse.LinesAsync("select uuid, n from analytics.reports"));
        Assert.Equal(["1"], await host.Warehouse.LinesAsync("select load from tributary.cursor where stream = 'cht.medic'"));

        await host.Warehouse.ExecuteAsAdminAsync("create or replace function public.number(text) returns int language sql immutable as 'select length($1)'");
        await BuildAsync(folder, "built");
        Assert.Equal(["d1|1", "d2|3"], await host.Warehouse.LinesAsync("select uuid, n from analytics.reports order by 1"));
        await BuildAsync(folder, "fresh");
    }

    [Fact]
    public async Task Another_text_other_columns_and_a_full_refresh_make_the_table_anew()
    {
        await using var host = await CouchHost.CreateAsync();
        await using var folder = Project(host, Reports);
        host.Medic.Put("d1", Report(1));
        host.Medic.Put("d2", Report(2));
        await host.LoadAsync();
        await BuildAsync(folder, "built");
        folder.Write(Reports.Replace("as n,", "as n, length(_id) as letters,", StringComparison.Ordinal));
        await BuildAsync(folder, "built");
        Assert.Equal(["d1|2", "d2|2"], await host.Warehouse.LinesAsync("select uuid, letters from analytics.reports order by 1"));
        await BuildAsync(folder, "fresh");
        await host.Warehouse.ExecuteAsync("update analytics.reports set n = 'wrong'");
        Assert.Equal("built", (await folder.BuildAsync(fullRefresh: true))["reports"]);
        Assert.Equal(["d1|1", "d2|2"], await RowsAsync(host));
        await host.Warehouse.ExecuteAsync("truncate analytics.reports"); // a stranger
        await BuildAsync(folder, "built");
        Assert.Equal(["d1|1", "d2|2"], await RowsAsync(host));
    }

    [Fact]
    [Requirement("C24")]
    public async Task The_same_id_in_two_databases_stays_two_rows_and_one_dead_database_leaves_the_other_live()
    {
        await using var host = await CouchHost.CreateAsync();
        host.Server.Create("sentinel");
        await using var folder = Project(host, Reports);
        host.Medic.Put("same", Report(1));
        host.Server.Databases["sentinel"].Put("same", Report(2));
        await host.LoadAsync();
        await host.LoadAsync("sentinel");
        await BuildAsync(folder, "built");
        Assert.Equal(["same|1", "same|2"], await RowsAsync(host));

        host.Server.Databases["sentinel"].Put("same", Report(3)); // commits out of order: sentinel's load follows only after medic's models
        host.Medic.Put("same", Report(4));
        await host.LoadAsync();
        await BuildAsync(folder, "built");
        Assert.Equal(["same|2", "same|4"], await RowsAsync(host));
        await host.LoadAsync("sentinel");
        await BuildAsync(folder, "built");
        Assert.Equal(["same|3", "same|4"], await RowsAsync(host));
        host.Medic.Delete("same");
        await host.LoadAsync();
        await BuildAsync(folder, "built");
        Assert.Equal(["same|3"], await RowsAsync(host));
    }

    [Fact]
    public async Task Several_streams_make_one_model_and_an_alias_may_follow()
    {
        await using var host = await CouchHost.CreateAsync();
        host.Server.Create("sentinel");
        await using var folder = Project(host, """
            --- models/raw.sql
            {{ config(materialized='ephemeral') }}
            select * from {{ changes('v1', 'couchdb', deleted=true) }} as c
            --- models/all_documents.sql
            {{ config(materialized='incremental', unique_key=['uuid', 'place'], incremental_strategy='merge') }}
            select r._id as uuid, split_part(r.source, '/', 2) as place, r._deleted as gone
            from {{ ref('raw') }} r
            {% if is_incremental() %} where true {% endif %}
            """);
        host.Medic.Put("a", Report(1));
        host.Server.Databases["sentinel"].Put("b", Report(2));
        await host.LoadAsync();
        await host.LoadAsync("sentinel");
        await BuildAsync(folder, "built", "all_documents");
        host.Medic.Delete("a");
        await host.LoadAsync();
        await BuildAsync(folder, "built", "all_documents");
        Assert.Equal(["a|medic|True", "b|sentinel|False"], await host.Warehouse.LinesAsync("select uuid, place, gone from analytics.all_documents order by 1"));
        await BuildAsync(folder, "fresh", "all_documents");
    }

    [Fact]
    public async Task A_change_is_found_by_indexes_however_large_the_table()
    {
        await using var host = await CouchHost.CreateAsync();
        await using var folder = Project(host, Reports);
        host.Medic.Put("d1", Report(1));
        await host.LoadAsync();
        await host.Warehouse.ExecuteAsync("""
            insert into v1.couchdb (_id, doc, saved_timestamp, source, _load)
            select 'x' || i, '{"type": "report"}', now(), '127.0.0.1/medic', 1 from generate_series(1, 100000) i
            """);
        await BuildAsync(folder, "built");
        await host.Warehouse.ExecuteAsync("analyze v1.couchdb; analyze analytics.reports");
        host.Medic.Put("d1", Report(2));
        await host.LoadAsync();
        var compiled = folder.Load();
        var results = await compiled.CompileAsync(compiled.Nodes.Where(node => node.Name == "reports"), await folder.ContextAsync(), 1, TestContext.Current.CancellationToken);
        var sql = results.Single().CompiledCode;
        var plan = string.Join('\n', await host.Warehouse.LinesAsync("explain " + sql));
        Assert.DoesNotContain("Seq Scan", plan, StringComparison.Ordinal);
        await BuildAsync(folder, "built");
        Assert.Equal(["2"], await host.Warehouse.LinesAsync("select n from analytics.reports where uuid = 'd1'"));
        var delete = string.Join('\n', await host.Warehouse.LinesAsync("explain delete from analytics.reports where uuid in (select _id from v1.couchdb where source = '127.0.0.1/medic' and _load > 1)"));
        Assert.DoesNotContain("Seq Scan", delete, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ config(materialized='incremental') }} select _id from {{ changes('couchdb') }}", "TRB0330")]
    [InlineData("{{ config(materialized='incremental', unique_key='_id') }} select _id from {{ changes('other') }}", "TRB0302")]
    [InlineData("{{ config(materialized='incremental', unique_key='_id') }} select _id from {{ changes('plain', 'table_of_others') }}", "TRB0330")]
    [InlineData("{{ config(materialized='incremental', unique_key='_id', incremental_strategy='microbatch', event_time='t', begin='2024-01-01', batch_size='day') }} select _id from {{ changes('couchdb') }}", "TRB0330")]
    public async Task What_cannot_be_followed_is_said_before_anything_runs(string sql, string code)
    {
        await using var host = await CouchHost.CreateAsync();
        await using var folder = Project(host, $"--- models/a.sql\n{sql}\n--- models/more.yml\nsources: [{{name: plain, tables: [{{name: table_of_others}}]}}]\n");
        var error = Assert.Throws<Core.Text.UserErrorException>(() => folder.Load());
        Assert.Equal(code, error.Errors[0].Code);
    }

    private static Warehouse Project(CouchHost host, string models) => Warehouse.In(host.Warehouse, "cht", new Dictionary<string, StreamTable>
    {
        ["cht.medic"] = new("_id", "source", "127.0.0.1/medic"),
        ["cht.sentinel"] = new("_id", "source", "127.0.0.1/sentinel"),
    }, Source + models);

    private static async Task BuildAsync(Warehouse folder, string expected, string model = "reports")
    {
        folder.Errors.Clear();
        var ends = await folder.BuildAsync();
        if (expected != "failed") folder.AssertNoErrors();
        Assert.Equal(expected, ends[model]);
    }

    private static Task<string[]> RowsAsync(CouchHost host) => host.Warehouse.LinesAsync("select uuid, n from analytics.reports order by 1, 2");
}
