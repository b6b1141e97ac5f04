using Tributary.Connectors.Couch;
using Tributary.Core.Ingest;
using Tributary.Core.Text;
using Tributary.Tests.Live.Connectors.Fhir;

namespace Tributary.Tests.Live.Connectors.Couch;

[Requirement("C2", "C21", "C22")]
public sealed class CouchCopyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_first_copy_takes_everything_and_then_only_what_changed_comes(bool isPlain)
    {
        await using var host = await CouchHost.CreateAsync();
        host.Server.IsPlain = isPlain;
        for (var i = 0; i < 333; i++) host.Medic.Put($"d{i:d3}", $"\"n\":{i}");

        var first = await host.LoadAsync();
        host.Medic.Put("d001", "\"n\":\"changed\"");
        host.Medic.Delete("d002");
        host.Medic.Delete("never known");
        var second = await host.LoadAsync();

        Assert.Equal((333, 0, 0), (first.Inserted, first.Updated, first.Deleted));
        Assert.Equal((0, 1, 2), (second.Inserted, second.Updated, second.Deleted));
        var rows = await host.RowsAsync();
        Assert.Equal(334, rows.Length);
        Assert.Equal(["d000|1-00000001|False|0", "d001|2-0000014e|False|changed", "d002|2-0000014f|True|2"], rows[..3]);
        Assert.Equal("never known|1-00000150|True|∅", rows[^1]);
        Assert.True((await host.CheckAsync()).IsFresh);
        host.Medic.Put("d003");
        Assert.False((await host.CheckAsync()).IsFresh);
    }

    [Fact]
    [Requirement("C24")]
    public async Task Databases_share_a_table_and_one_that_fails_leaves_the_others()
    {
        await using var host = await CouchHost.CreateAsync();
        host.Server.Create("medic-sentinel").Put("same", "\"n\":2");
        host.Medic.Put("same", "\"n\":1");

        await host.LoadAsync();
        await host.LoadAsync("medic-sentinel");
        var error = await Assert.ThrowsAsync<UserErrorException>(() => host.LoadAsync("missing"));

        Assert.Equal(ErrorCodes.SourceUnreadable, error.Errors[0].Code);
        Assert.Contains("missing (404)", error.Message, StringComparison.Ordinal);
        Assert.Equal(["127.0.0.1/medic|1", "127.0.0.1/medic-sentinel|2"], await host.Warehouse.LinesAsync("select source, doc ->> 'n' from v1.couchdb order by 1"));
    }

    [Fact]
    [Requirement("C23", "C32")]
    public async Task Faults_in_the_middle_of_pages_lose_nothing_and_the_pages_get_smaller()
    {
        await using var host = await CouchHost.CreateAsync();
        for (var i = 0; i < 120; i++) host.Medic.Put($"d{i:d3}", $"\"n\":{i}");
        host.Server.Fail(new Fault(CutAfter: 700), new Fault(503), new Fault(ErrorAfter: 900), new Fault(429));

        var counts = await host.LoadAsync();

        Assert.Equal(120, counts.Inserted);
        Assert.Equal(120, (await host.RowsAsync()).Distinct().Count());
        Assert.Contains(host.Server.Requests, request => request.Contains("limit=5&", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_says_when_it_will_answer_is_asked_again_then()
    {
        await using var host = await CouchHost.CreateAsync();
        host.Medic.Put("a");
        var clock = new ImpatientClock();
        host.With = source => source with { Clock = clock };
        host.Server.Fail(new Fault(429, RetryAfter: 120), new Fault(503, RetryAfter: 7));

        Assert.Equal(1, (await host.LoadAsync()).Inserted);
        Assert.Equal([TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(7)], clock.Waits);
        host.Server.Fail([.. Enumerable.Repeat(new Fault(429, RetryAfter: 86_400), 20)]);
        await Assert.ThrowsAsync<TransientException>(() => host.LoadAsync());
        Assert.DoesNotContain(TimeSpan.FromDays(1), clock.Waits);
    }

    [Fact]
    public async Task A_server_that_stays_broken_is_out_of_reach_and_one_that_falls_silent_too()
    {
        await using var host = await CouchHost.CreateAsync();
        host.Medic.Put("a");
        host.Server.Fail([.. Enumerable.Repeat(new Fault(500), 20)]);

        await Assert.ThrowsAsync<TransientException>(() => host.LoadAsync());

        await using var silent = await CouchHost.CreateAsync();
        silent.With = source => source with { Timeout = TimeSpan.FromMilliseconds(200) };
        silent.Medic.Put("a");
        silent.Server.Fail([.. Enumerable.Repeat(new Fault(StallAfter: 20), 20)]);
        var error = await Assert.ThrowsAsync<TransientException>(() => silent.LoadAsync());
        Assert.Contains("silent", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("C30")]
    public async Task A_refused_password_and_a_redirect_are_told_without_the_password()
    {
        await using var host = await CouchHost.CreateAsync();
        host.Server.Password = "medic:right";
        host.Medic.Put("a");
        host.With = source => source with { User = "medic", Password = new Secret("wrong") };
        var refused = await Assert.ThrowsAsync<UserErrorException>(() => host.LoadAsync());
        host.With = source => source with { User = "medic", Password = new Secret("right") };
        Assert.Equal(1, (await host.LoadAsync()).Inserted);
        host.Medic.Put("b");
        host.With = source => source with { User = "medic", Password = new Secret("right"), Auth = CouchAuth.Session };
        Assert.Equal(1, (await host.LoadAsync()).Inserted);
        host.Server.Fail(new Fault(302, Location: "http://elsewhere.example.org/"));
        host.Medic.Put("c");
        var redirected = await Assert.ThrowsAsync<UserErrorException>(() => host.LoadAsync());

        Assert.Contains("(401)", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", refused.Message, StringComparison.Ordinal);
        Assert.Contains("redirects are not followed", redirected.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("C5")]
    public async Task Documents_arrive_as_they_are_but_for_secrets_and_what_jsonb_cannot_hold()
    {
        await using var host = await CouchHost.CreateAsync();
        host.Medic.Put("long", """ "n":12345678901234567890123.4500,"big":1e30,"text":"\\u0000 stays, \u0000 goes" """);
        host.Medic.Put("org.couchdb.user:chw", """ "type":"user","name":"chw","derived_key":"dk","salt":"s","password_scheme":"pbkdf2","iterations":10,"pbkdf2_prf":"sha256","d\u0065rived_key":"hidden" """);
        host.Medic.Put("with file", """ "_attachments":{"xml":{"content_type":"text/xml","stub":true}} """);
        host.Medic.Put("_design/medic", """ "views":{} """);

        var done = await host.RunAsync();

        Assert.Equal("left out: NUL characters", done.Note);
        Assert.Equal(["12345678901234567890123.4500|1000000000000000000000000000000|\\u0000 stays,  goes"],
            await host.Warehouse.LinesAsync("select doc ->> 'n', doc ->> 'big', doc ->> 'text' from v1.couchdb where _id = 'long'"));
        Assert.Equal(["{\"_id\": \"org.couchdb.user:chw\", \"_rev\": \"1-00000002\", \"name\": \"chw\", \"type\": \"user\"}"],
            await host.Warehouse.LinesAsync("select doc::text from v1.couchdb where _id like 'org%'"));
        Assert.Equal(2, await host.Warehouse.ScalarAsync<long>("select count(*) from v1.couchdb where doc ? '_attachments' or _id = '_design/medic'"));
    }

    [Fact]
    [Requirement("C23")]
    public async Task What_is_too_large_or_refused_is_a_reject_and_the_rest_goes_on()
    {
        await using var host = await CouchHost.CreateAsync();
        host.With = source => source with { Load = source.Load with { MaxRecordBytes = new(2_000_000) } };
        host.Medic.Put("before", "\"n\":1");
        host.Medic.Put("large", $"\"text\":\"{new string('x', 9_000_000)}\"");
        host.Medic.Put("huge number", "\"n\":1e999999");
        host.Medic.Put("half", "\"n\":\"\\ud800\"");
        host.Medic.Put("after", "\"n\":2");

        var counts = await host.LoadAsync();

        Assert.Equal((2, 3), (counts.Inserted, counts.Rejected));
        Assert.Equal(["after|1-00000005|False|2", "before|1-00000001|False|1"], await host.RowsAsync());
        Assert.Equal(["over_size|True|medic", "refused|False|medic", "refused|False|medic"], await host.Warehouse.LinesAsync("select reason, octet_length(bytes) = 1048576, file from tributary_reject.reject order by line"));
        Assert.Equal(0, (await host.LoadAsync()).Rejected);
    }

    [Fact]
    [Requirement("C21")]
    public async Task A_restored_or_new_database_stops_the_copy_or_begins_it_again()
    {
        await using var host = await CouchHost.CreateAsync();
        host.Server.IsPlain = true;
        for (var i = 0; i < 10; i++) host.Medic.Put($"d{i}");
        var backup = host.Medic.All();
        host.Medic.Put("d0", "\"n\":\"lost\"");
        await host.LoadAsync();
        host.Medic.Restore(backup, 10);

        var stopped = await Assert.ThrowsAsync<UserErrorException>(() => host.LoadAsync());
        Assert.Equal(ErrorCodes.SourceReplaced, stopped.Errors[0].Code);
        Assert.Contains("its sequence went back from 11 to 10", stopped.Message, StringComparison.Ordinal);

        host.With = source => source with { WhenReplaced = Tributary.Connectors.WhenReplaced.CopyAgain };
        var again = await host.RunAsync();
        Assert.StartsWith("the database was replaced (its sequence went back", again.Note, StringComparison.Ordinal);
        Assert.Equal(1, again.Counts.Updated);
        Assert.Equal("d0|1-00000001|False|∅", (await host.RowsAsync())[0]);

        host.Medic.Created = "1800000000";
        host.With = source => source;
        Assert.Contains("it was created anew", (await Assert.ThrowsAsync<UserErrorException>(() => host.LoadAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Requirement("C22")]
    public async Task Purged_documents_are_flagged_and_keep_their_last_body()
    {
        await using var host = await CouchHost.CreateAsync();
        host.Medic.Put("a", "\"n\":1");
        host.Medic.Put("b", "\"n\":2");
        host.Medic.Put("c", "\"n\":3");
        await host.LoadAsync();
        host.Medic.Purge("a");
        host.Medic.Purge("c");
        host.Medic.Put("c", "\"n\":4");

        Assert.Equal("documents were purged", (await host.CheckAsync()).Because);
        await host.LoadAsync();

        Assert.Equal(["a|∅|True|1", "b|1-00000002|False|2", "c|1-00000004|False|4"], await host.RowsAsync());
        Assert.True((await host.CheckAsync()).IsFresh);
    }

    [Fact]
    public async Task The_position_of_a_batch_never_stands_behind_rows_that_were_not_handed_out()
    {
        await using var host = await CouchHost.CreateAsync();
        for (var i = 0; i < 200; i++) host.Medic.Put($"d{i:d3}", $"\"text\":\"{new string('x', 2000)}\"");
        var stream = host.Source().ListStreams()[0];
        var seen = new HashSet<string>();
        await foreach (var batch in host.Source().ReadAsync(stream, Checkpoint.Start, Cancel))
        {
            using (batch)
            {
                foreach (var record in batch.Records) seen.Add(record.Key.Id);
                var position = long.Parse(CouchPosition.Parse(batch.Position)!.Seq.Split('-')[0], System.Globalization.CultureInfo.InvariantCulture);
                Assert.All(Enumerable.Range(0, (int)position), i => Assert.Contains($"d{i:d3}", seen));
            }
        }
        Assert.Equal(200, seen.Count);
    }
}
