using System.Text;
using Amazon.S3.Model;
using Tributary.Connectors.Buckets;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Ingest.Drops;

public sealed class BucketDropTests
{
    [Fact]
    [Requirement("K1", "K2", "K20", "K21")]
    public async Task Drops_in_a_bucket_are_taken_as_those_in_a_folder_are()
    {
        var bucket = await TestS3.CreateBucketAsync("kpt-kotahi");
        await using var world = await DropWorld.CreateAsync($$"""
            s3:
              bucket: {{bucket.Name}}
              prefix: karo
              endpoint: {{bucket.Connection.Endpoint}}
              access_key: ${ACCESS}
              secret_key: ${SECRET}
            drops: { pattern: "karo_upload{timestamp}/", quiet: 0s }
            datasets: { clients: { key: id, columns: { id: { type: bigint }, name: } } }
            """);
        world.Environment["ACCESS"] = bucket.Connection.AccessKey!.Reveal();
        world.Environment["SECRET"] = bucket.Connection.SecretKey!.Reveal();
        world.Now = DateTimeOffset.UtcNow.AddHours(1);
        await PutAsync(bucket, "karo/karo_upload20260301/Clients.csv.gz", DropWorld.Gzip("id,name\n1,a\n2,b\n"u8.ToArray()));
        await PutAsync(bucket, "karo/karo_upload20260301/", []);
        await PutAsync(bucket, "karo/readme.txt", "x"u8.ToArray());
        await PutAsync(bucket, "karo/karo_upload20260301/../../etc/passwd", "x"u8.ToArray());

        var done = await world.LoadAsync("clients");
        Assert.Equal(["1|a", "2|b"], await world.Warehouse.LinesAsync("select id, name from raw.clients order by 1"));
        Assert.Equal("the file karo_upload20260301/../../etc/passwd belongs to no dataset", done.Note);
        Assert.True((await world.CheckAsync("clients")).IsFresh);

        await PutAsync(bucket, "karo/karo_upload20260302/all.zip", DropWorld.Zip(("Clients.csv", "id,name\n1,a\n3,c\n"u8.ToArray())));
        await world.LoadAsync("clients");
        await PutAsync(bucket, "karo/karo_upload20260302/all.zip", DropWorld.Zip(("Clients.csv", "id,name\n1,a\n4,d\n"u8.ToArray())));
        Assert.False((await world.CheckAsync("clients")).IsFresh);
        await world.LoadAsync("clients");

        Assert.Equal(["1|a", "4|d"], await world.Warehouse.LinesAsync("select id, name from raw.clients order by 1"));
        await PutAsync(bucket, "karo/karo_upload20260303/Clients.csv", Encoding.UTF8.GetBytes(""));
        Assert.Contains("empty, without even a header", await world.HeldAsync("clients"), StringComparison.Ordinal);
    }

    private static Task PutAsync(Bucket bucket, string key, byte[] bytes) => bucket.CallAsync(
        "put", client => client.PutObjectAsync(new PutObjectRequest { BucketName = bucket.Name, Key = key, InputStream = new MemoryStream(bytes) }), TestContext.Current.CancellationToken);
}
