using Tributary.Connectors.Mongo;
using Tributary.Core.Exports;
using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Tests.Live.Mongo;

/// <summary>A push meets a server that fails, and servers or rows that it must refuse; readers keep what they saw.</summary>
public sealed class MongoFaultTests
{
    private const int NotPrimary = 10107, Unauthorized = 13, Duplicate = 11000;

    [Theory]
    [InlineData("before")]
    [InlineData("after")]
    [InlineData("primary")]
    [InlineData("half")]
    [Requirement("M33", "X4")]
    public async Task A_connection_lost_at_any_command_changes_nothing_but_the_time(string kind)
    {
        await using var world = await ChartWorld.CreateAsync();
        await world.PushAsync(ChartWorld.Append());
        var last = kind == "half" ? 1 : 20;
        for (var at = 1; at <= last; at++)
        {
            await world.ChangeAsync($"update m.monthly set sent = {500 + at} where month > '2024-01-01'");
            world.Server.Arm((number, name) => Stumble(kind, kind == "half" ? name == "update" && number > 9 && !world.Server.Heard.Skip(8).Contains("update") : number == at));
            Assert.IsType<Outcome.Succeeded>(await world.PushAsync(ChartWorld.Append()));
            if (kind == "half") Assert.True(world.Server.Heard.Count(name => name == "update") > 3);
            Assert.Equal(8, world.Seen().Count(word => word.EndsWith($"={500 + at}", StringComparison.Ordinal)));
            Assert.Equal(12, world.Seen().Count);
            Assert.Equal(12, world.Server.Store.Read("tributary.monthly_submissions").Count);
        }
    }

    private static MongoFault Stumble(string kind, bool isNow) => (isNow, kind) switch
    {
        (false, _) => MongoFault.None,
        (_, "before") => MongoFault.CutBefore,
        (_, "after") => MongoFault.CutAfter,
        (_, "half") => MongoFault.CutInBulk,
        _ => MongoFault.Refuses(NotPrimary),
    };

    [Theory]
    [InlineData(NotPrimary, true)]
    [InlineData(Unauthorized, false)]
    [InlineData(Duplicate, false)]
    [Requirement("M14")]
    public async Task A_server_that_keeps_failing_leaves_what_readers_see(int code, bool isPassing)
    {
        await using var world = await ChartWorld.CreateAsync();
        await world.PushAsync(ChartWorld.Wipe());
        var before = world.Seen();
        await world.ChangeAsync("update m.monthly set sent = 0");
        world.Server.Arm((_, name) => name == "update" ? MongoFault.Refuses(code) : MongoFault.None);
        var error = await Record.ExceptionAsync(() => world.PushAsync(ChartWorld.Wipe()));
        Assert.Equal(isPassing, error is TransientException);
        Assert.DoesNotContain("patient", error!.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, world.Seen());
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_out_of_reach_and_no_secret_is_told()
    {
        await using var world = await ChartWorld.CreateAsync();
        var gone = new MongoDouble();
        var address = gone.Address;
        await gone.DisposeAsync();
        world.Exports.Charts = world.Destination(address + "&serverSelectionTimeoutMS=200");
        var error = await Assert.ThrowsAsync<TransientException>(() => world.PushAsync(ChartWorld.Wipe()));
        Assert.DoesNotContain("s3cr3t", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("writer", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("127.0.0.1", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mongodb://writer:s3cr3t@charts.example.org/?tls=true", ErrorCodes.HostRefused)]
    [InlineData("mongodb://writer:s3cr3t@127.0.0.1,evil.example.org/?tls=true", ErrorCodes.HostRefused)]
    [InlineData("mongodb+srv://writer:s3cr3t@cluster.example.org/", ErrorCodes.HostRefused)]
    [InlineData("mongodb://writer:s3cr3t@far.example.net/", ErrorCodes.HostRefused)]
    [InlineData("mongodb://writer:s3cr3t@far.example.net/?tls=false", ErrorCodes.HostRefused)]
    [InlineData("writer:s3cr3t@127.0.0.1", ErrorCodes.InvalidValue)]
    [InlineData("mongodb://writer:s3cr3t@", ErrorCodes.InvalidValue)]
    [InlineData("mongodb://writer:s3cr3t:x@127.0.0.1:port/", ErrorCodes.InvalidValue)]
    [Requirement("M2", "X11")]
    public async Task An_address_that_is_not_allowed_is_refused_before_anything_is_sent(string address, string code)
    {
        await using var world = await ChartWorld.CreateAsync();
        world.Exports.Charts = world.Destination(address, "127.0.0.1", "*.example.net");
        var error = await Refused(world, ChartWorld.Wipe(), code);
        Assert.DoesNotContain("s3cr3t", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(world.Server.Heard);
    }

    [Fact]
    [Requirement("M2")]
    public async Task A_replica_set_that_names_a_foreign_host_is_refused_before_a_row_is_sent()
    {
        await using var world = await ChartWorld.CreateAsync();
        world.Server.Members = [$"127.0.0.1:{world.Server.Port}", "evil.example.org:27017"];
        var error = await Refused(world, ChartWorld.Wipe(), ErrorCodes.HostRefused);
        Assert.Contains("evil.example.org", error.Message, StringComparison.Ordinal);
        Assert.Equal(["hello"], world.Server.Heard);
    }

    [Fact]
    public async Task A_collection_of_others_is_left_alone()
    {
        await using var world = await ChartWorld.CreateAsync();
        world.Server.Store.Put("monthly_submissions", new Bson(("_id", 1)));
        await Refused(world, ChartWorld.Wipe(), ErrorCodes.CollectionTaken);
        Assert.Single(world.Server.Store.Read("monthly_submissions"));
        Assert.Empty(world.Server.Store.Read("tributary.monthly_submissions"));
    }

    [Fact]
    [Requirement("M3")]
    public async Task An_index_that_others_made_otherwise_is_told_and_stays()
    {
        await using var world = await ChartWorld.CreateAsync();
        await world.PushAsync(ChartWorld.Wipe());
        await world.ChangeAsync("update m.monthly set sent = 0");
        world.Server.Store.Run(new Bson(("createIndexes", "tributary.monthly_submissions"), ("indexes", new object?[] { new Bson(("key", new Bson(("sent", 1))), ("name", "mine")) })), false);
        var index = new CollectionIndex(ChartWorld.Wipe().At, new Dictionary<string, int> { ["month"] = 1 }, "mine");
        await Refused(world, ChartWorld.Wipe() with { Indexes = [index] }, ErrorCodes.IndexConflict);
    }

    [Theory]
    [InlineData("insert into m.monthly select * from m.monthly limit 1", ErrorCodes.DocumentInvalid)]
    [InlineData("alter table m.monthly alter month drop not null; update m.monthly set month = null where form_id = 'form1'", ErrorCodes.DocumentInvalid)]
    [InlineData("alter table m.monthly add _id text", ErrorCodes.DocumentInvalid)]
    [InlineData("alter table m.monthly add \"$x\" text", ErrorCodes.DocumentInvalid)]
    [InlineData("alter table m.monthly add big numeric default 12345678901234567890123456789012345.6", ErrorCodes.DocumentInvalid)]
    [InlineData("alter table m.monthly add doc jsonb default '{\"a.b\": 1}'", ErrorCodes.DocumentInvalid)]
    [InlineData("alter table m.monthly add doc jsonb default (repeat('[', 120) || repeat(']', 120))::jsonb", ErrorCodes.DocumentInvalid)]
    [InlineData("alter table m.monthly add large text; update m.monthly set large = repeat('x', 17000000) where form_id = 'form1'", ErrorCodes.DocumentTooLarge)]
    [InlineData("alter table m.monthly rename form_id to form", ErrorCodes.UnknownName)]
    [Requirement("M33")]
    public async Task Rows_that_cannot_be_documents_are_refused_and_readers_keep_theirs(string sql, string code)
    {
        await using var world = await ChartWorld.CreateAsync();
        await world.PushAsync(ChartWorld.Append());
        await world.ChangeAsync(sql);
        await Refused(world, ChartWorld.Append(), code);
        Assert.Equal(12, world.Seen().Count);
    }

    [Fact]
    public async Task A_text_that_is_no_object_id_is_told_by_its_length()
    {
        await using var world = await ChartWorld.CreateAsync();
        var error = await Refused(world, ChartWorld.Wipe() with { ObjectIds = ["form_id"] }, ErrorCodes.DocumentInvalid);
        Assert.Contains("Column 'form_id' of 'monthly' holds a text of 5 characters", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("form1", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_at_the_limit_is_sent_alone()
    {
        await using var world = await ChartWorld.CreateAsync();
        await world.ChangeAsync("alter table m.monthly add large text; update m.monthly set large = repeat('x', 16776000) where form_id in ('form1', 'form2')");
        Assert.IsType<Outcome.Succeeded>(await world.PushAsync(ChartWorld.Wipe()));
        Assert.Equal(12, world.Seen().Count);
    }

    private static async Task<UserError> Refused(ChartWorld world, CollectionConfig collection, string code)
    {
        var error = await Assert.ThrowsAsync<UserErrorException>(() => world.PushAsync(collection));
        var first = Assert.Single(error.Errors);
        Assert.Equal(code, first.Code);
        return first;
    }
}
