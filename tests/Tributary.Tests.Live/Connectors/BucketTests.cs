using System.Text;
using Amazon.S3.Model;
using Tributary.Connectors.Buckets;
using Tributary.Core.Text;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Connectors;

public sealed class BucketTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lists_page_by_page_in_the_order_of_keys()
    {
        var bucket = await TestS3.CreateBucketAsync();
        foreach (var key in new[] { "b/2", "a", "b/10", "b/1", "c" }) await PutAsync(bucket, key, key);
        var found = new List<string>();
        await foreach (var entry in bucket.ListAsync("b/", Cancel, pageSize: 1)) found.Add($"{entry.Key} {entry.Bytes}");
        Assert.Equal(["b/1 3", "b/10 4", "b/2 3"], found);
    }

    [Fact]
    public async Task Reads_anywhere_in_an_object()
    {
        var bucket = await TestS3.CreateBucketAsync();
        var content = new byte[700_000];
        new Random(7).NextBytes(content);
        await PutAsync(bucket, "big", content);
        await using var stream = bucket.OpenRead((await bucket.FindAsync("big", Cancel))!);
        foreach (var (at, count) in new[] { (699_990, 20), (0, 10), (5, 100_000), (100_020, 4), (400_000, 300_000), (700_000, 5), (12, 1) })
        {
            stream.Seek(at, SeekOrigin.Begin);
            var piece = new byte[count];
            var read = await stream.ReadAtLeastAsync(piece, count, throwOnEndOfStream: false, Cancel);
            Assert.Equal(content.AsSpan(at, Math.Min(count, content.Length - at)).ToArray(), piece[..read]);
        }
    }

    [Fact]
    public async Task What_was_replaced_under_way_is_refused()
    {
        var bucket = await TestS3.CreateBucketAsync();
        await PutAsync(bucket, "a", "one");
        await using var stream = bucket.OpenRead((await bucket.FindAsync("a", Cancel))!);
        await PutAsync(bucket, "a", "two");
        var error = await Assert.ThrowsAsync<S3RefusedException>(async () => await stream.ReadExactlyAsync(new byte[3], Cancel));
        Assert.Contains("was replaced while it was read", error.Message);
    }

    [Fact]
    public async Task What_is_missing_or_refused_is_told_apart()
    {
        var bucket = await TestS3.CreateBucketAsync();
        Assert.Null(await bucket.FindAsync("a", Cancel));
        await Assert.ThrowsAsync<FileNotFoundException>(async () => await bucket.OpenRead(new S3Entry("a", 3, "\"x\"", default, null)).ReadExactlyAsync(new byte[3], Cancel));

        var missing = await RefusalAsync(bucket with { Name = "no-such-bucket" });
        Assert.Contains("NoSuchBucket", missing.Message);
        Assert.Contains("The bucket must exist", missing.Message);
        var stranger = await TestS3.CreateUserAsync();
        Assert.Contains("403 AccessDenied when it was asked to list bucket", (await RefusalAsync(bucket with { Connection = TestS3.Connect(stranger) })).Message);
        Assert.Contains("does not know this access key", (await RefusalAsync(bucket with { Connection = TestS3.Connect(S3Keys.New("nobody")) })).Message);
        var wrong = await RefusalAsync(bucket with { Connection = TestS3.Connect(stranger with { Secret = "wrong-and-secret" }) });
        Assert.Contains("does not belong to the access key", wrong.Message);
        Assert.DoesNotContain("wrong-and-secret", wrong.ToString());
        Assert.DoesNotContain(stranger.Access, wrong.ToString());
    }

    [Fact]
    [Requirement("X11")]
    public async Task An_empty_key_is_refused_and_not_looked_for_elsewhere()
    {
        var bucket = new Bucket(TestS3.Connect((await TestS3.CreateUserAsync()) with { Secret = "" }), "any");
        Assert.Contains("access_key or secret_key is empty", (await RefusalAsync(bucket)).Message);
    }

    [Fact]
    public async Task A_server_that_is_gone_is_worth_another_try()
    {
        var connection = await TestS3.OwnerAsync() with { Endpoint = "http://127.0.0.1:1" };
        var error = await Assert.ThrowsAsync<TransientException>(() => ListAsync(new Bucket(connection, "any")));
        Assert.StartsWith("127.0.0.1:1 cannot be reached", error.Message);
    }

    private static Task<S3RefusedException> RefusalAsync(Bucket bucket) => Assert.ThrowsAsync<S3RefusedException>(() => ListAsync(bucket));

    private static async Task ListAsync(Bucket bucket)
    {
        await foreach (var _ in bucket.ListAsync("", Cancel))
        {
        }
    }

    private static Task PutAsync(Bucket bucket, string key, string text) => PutAsync(bucket, key, Encoding.UTF8.GetBytes(text));

    private static Task PutAsync(Bucket bucket, string key, byte[] content) => bucket.CallAsync(
        "put", client => client.PutObjectAsync(new PutObjectRequest { BucketName = bucket.Name, Key = key, InputStream = new MemoryStream(content) }, Cancel), Cancel);
}
