using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Amazon.S3.Model;
using Tributary.Connectors;
using Tributary.Connectors.Buckets;
using Tributary.Core.Exports;
using Tributary.Core.Graph;
using Tributary.Core.Text;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Exports;

/// <summary>What servers and networks do while an export is sent: nothing is ever published half, and the message says what it was.</summary>
public sealed class S3FaultTests
{
    private const int Large = 12_000_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<int, string, string> Refusals => new()
    {
        { 403, "AccessDenied", "check --live" },
        { 404, "NoSuchBucket", "The bucket must exist" },
        { 403, "QuotaExceeded", "no room left" },
        { 507, "InsufficientStorage", "no room left" },
        { 301, "PermanentRedirect", "another region" },
    };

    [Theory, MemberData(nameof(Refusals))]
    [Requirement("X4")]
    public async Task What_the_server_refuses_is_said_and_leaves_nothing(int status, string code, string hint)
    {
        foreach (var size in new[] { 1000, Large })
        {
            var bucket = await TestS3.CreateBucketAsync();
            await using var proxy = Before(bucket, request => request.HttpMethod == "PUT" && request.QueryString["partNumber"] is null or "2" ? new Fault.Refuse(status, code) : null);
            var error = await Assert.ThrowsAsync<S3RefusedException>(() => SendAsync(Through(proxy, bucket), size));
            Assert.Contains($"answered {status} {code}", error.Message);
            Assert.Contains(hint, error.Message);
            await AssertEmptyAsync(bucket);
        }
    }

    [Fact]
    [Requirement("X4")]
    public async Task An_export_that_is_refused_is_an_error_of_the_delivery_and_stands_in_no_ledger()
    {
        await using var world = await ExportWorld.CreateAsync("create table m.patient as select 1 as id;");
        await world.AddAsync("patient", Track.Pii);
        var bucket = await TestS3.CreateBucketAsync();
        await using var proxy = Before(bucket, request => request.HttpMethod == "PUT" ? new Fault.Refuse(403, "AccessDenied") : null);
        world.Destination = Through(proxy, bucket) with { Name = "local" };
        var error = await Assert.ThrowsAsync<UserErrorException>(() => world.RunAsync(ExportWorld.Export(Track.Pii, "patient")));
        Assert.Equal(ErrorCodes.DeliveryFailed, error.Errors[0].Code);
        Assert.Equal(0L, await world.Warehouse.ScalarAsync<long>("select count(*) from tributary.delivery"));

        world.Destination = TestS3.DestinationOf(bucket) with { Name = "local" };
        Assert.IsType<Outcome.Succeeded>(Assert.Single(await world.RunAsync(ExportWorld.Export(Track.Pii, "patient"))));
        Assert.Equal([ExportWorld.NameOf(Track.Pii)], await NamesAsync(bucket));
        Assert.IsType<Outcome.Skipped>(Assert.Single(await world.RunAsync(ExportWorld.Export(Track.Pii, "patient"))));
    }

    [Fact]
    public async Task A_stumble_is_tried_again_and_the_file_is_whole()
    {
        var bucket = await TestS3.CreateBucketAsync();
        var seen = 0;
        await using var proxy = Before(bucket, request => request.QueryString["partNumber"] is null ? null : Interlocked.Increment(ref seen) switch
        {
            1 => new Fault.Refuse(503, "SlowDown"),
            2 => new Fault.Cut(),
            _ => null,
        });
        await SendAsync(Through(proxy, bucket), Large);
        Assert.True(seen > 4);
        Assert.Equal(["a.zip"], await NamesAsync(bucket));
    }

    [Fact]
    public async Task A_server_that_stays_slow_is_for_later()
    {
        var bucket = await TestS3.CreateBucketAsync();
        await using var proxy = Before(bucket, request => request.HttpMethod == "PUT" ? new Fault.Refuse(503, "SlowDown") : null);
        var error = await Assert.ThrowsAsync<TransientException>(() => SendAsync(Through(proxy, bucket), 1000));
        Assert.Contains("503 SlowDown", error.Message);
        await AssertEmptyAsync(bucket);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(Large)]
    [Requirement("E45")]
    public async Task What_was_damaged_on_the_way_is_never_published(int size)
    {
        var bucket = await TestS3.CreateBucketAsync();
        await using var proxy = Before(bucket, request => request.HttpMethod == "PUT" ? new Fault.DamageRequest() : null);
        await Assert.ThrowsAnyAsync<Exception>(() => SendAsync(Through(proxy, bucket), size));
        await AssertEmptyAsync(bucket);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(Large)]
    [Requirement("E45")]
    public async Task What_reads_back_differently_is_taken_away_again(int size)
    {
        var bucket = await TestS3.CreateBucketAsync();
        await using var proxy = Before(bucket, request => request.HttpMethod == "GET" && request.RawUrl!.Contains("a.zip", StringComparison.Ordinal) ? new Fault.DamageAnswer() : null);
        var error = await Assert.ThrowsAsync<TransientException>(() => SendAsync(Through(proxy, bucket), size));
        Assert.Contains("its SHA-256 is not that of what was sent", error.Message);
        await AssertEmptyAsync(bucket);
    }

    [Theory]
    [InlineData(ServerEncryption.Kms, "test-key", "aws:kms")]
    [Requirement("E45")]
    public async Task Encryption_that_was_asked_for_is_proven(ServerEncryption encryption, string key, string said)
    {
        foreach (var size in new[] { 1000, Large })
        {
            var bucket = await TestS3.CreateBucketAsync();
            await SendAsync(TestS3.DestinationOf(bucket) with { Encryption = encryption, KmsKey = key }, size);
            var head = await bucket.CallAsync("look", client => client.GetObjectMetadataAsync(bucket.Name, "below/a.zip", Cancel), Cancel);
            Assert.Equal(said, head.ServerSideEncryptionMethod.Value);
        }
    }

    [Fact]
    [Requirement("E45")]
    public async Task Encryption_that_the_server_does_not_do_is_refused()
    {
        foreach (var size in new[] { 1000, Large })
        {
            var bucket = await TestS3.CreateBucketAsync(); // this server knows no keys of its own
            var error = await Assert.ThrowsAsync<S3RefusedException>(() => SendAsync(TestS3.DestinationOf(bucket) with { Encryption = ServerEncryption.Aes256 }, size));
            Assert.Contains("AES256", error.Message);
            await AssertEmptyAsync(bucket);
        }
    }

    [Fact]
    [Requirement("X4")]
    public async Task A_file_that_appeared_meanwhile_is_not_replaced_by_a_long_one()
    {
        var bucket = await TestS3.CreateBucketAsync();
        var destination = TestS3.DestinationOf(bucket);
        await using var pending = await destination.BeginAsync("a.zip", Cancel);
        await pending.Content.WriteAsync(new byte[Large], Cancel);
        await SendAsync(destination, 1000);
        Assert.False(await pending.PublishAsync(Cancel));
        await pending.DisposeAsync();
        Assert.Equal(1000, (await destination.FindAsync("a.zip", Cancel))!.Bytes);
        Assert.Empty(await UploadsAsync(bucket));
    }

    [Fact]
    [Requirement("X15")]
    public async Task Two_hundred_megabytes_need_no_more_memory_than_three_parts()
    {
        var bucket = await TestS3.CreateBucketAsync();
        var keys = bucket.Connection;
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["upload-host", keys.Endpoint!, bucket.Name, keys.AccessKey!.Reveal(), keys.SecretKey!.Reveal(), "200"]) { RedirectStandardOutput = true }; // the test server's connection has them all
        using var child = Process.Start(start)!;
        var peak = await child.StandardOutput.ReadToEndAsync(Cancel);
        await child.WaitForExitAsync(Cancel);
        Assert.Equal(0, child.ExitCode);
        Assert.Equal(200_000_000, (await TestS3.DestinationOf(bucket).FindAsync("long.zip", Cancel))!.Bytes);
        Assert.InRange(long.Parse(peak, CultureInfo.InvariantCulture), 1, 180_000_000);
        TestContext.Current.SendDiagnosticMessage($"peak working set {peak}");
        await TestS3.DestinationOf(bucket).RemoveAsync("long.zip", Cancel);
    }

    private static FaultyProxy Before(Bucket bucket, Func<HttpListenerRequest, Fault?> choose) => FaultyProxy.Before(new Uri(bucket.Connection.Endpoint!), choose); // the test server has one

    private static S3 Through(FaultyProxy proxy, Bucket bucket)
    {
        var direct = TestS3.DestinationOf(bucket);
        return direct with { Connection = direct.Connection with { Endpoint = proxy.Address.ToString().TrimEnd('/') } };
    }

    private static async Task SendAsync(S3 destination, int size)
    {
        var content = RandomNumberGenerator.GetBytes(size);
        await using var pending = await destination.BeginAsync("a.zip", Cancel);
        await pending.Content.WriteAsync(content, Cancel);
        Assert.True(await pending.PublishAsync(Cancel));
        await using var stored = await destination.OpenReadAsync("a.zip", Cancel);
        Assert.Equal(SHA256.HashData(content), await SHA256.HashDataAsync(stored, Cancel));
    }

    /// <summary>Neither a file nor the parts of one.</summary>
    private static async Task AssertEmptyAsync(Bucket bucket)
    {
        Assert.Empty(await NamesAsync(bucket));
        Assert.Empty(await UploadsAsync(bucket));
    }

    internal static async Task<List<string>> NamesAsync(Bucket bucket)
    {
        var names = new List<string>();
        await foreach (var file in TestS3.DestinationOf(bucket).ListAsync(Cancel)) names.Add(file.Name);
        return names;
    }

    internal static async Task<IReadOnlyList<MultipartUpload>> UploadsAsync(Bucket bucket) =>
        (await bucket.CallAsync("list", client => client.ListMultipartUploadsAsync(bucket.Name, Cancel), Cancel)).MultipartUploads ?? [];
}
