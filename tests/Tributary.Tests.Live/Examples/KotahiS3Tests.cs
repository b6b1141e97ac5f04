using Amazon.S3.Model;
using Tributary.Connectors.Buckets;
using Tributary.Core.Text;
using Tributary.Synthetic;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Examples;

/// <summary>Kotahi's drops through a bucket, with the policies that the example ships, on a real S3 server.</summary>
[Requirement("K1", "K2", "K6")]
public sealed class KotahiS3Tests
{
    private const string Name = "KOTAHI_S3";

    [Fact]
    public async Task A_night_comes_through_the_bucket_and_its_reader_can_only_read()
    {
        await using var project = await KotahiProject.CreateAsync(new SyntheticOptions(Seed: 3, Scale: 0.002, Clean: true, Days: 2));
        var keys = await TestS3.ApplyPoliciesAsync(Path.Combine(Repository.Root, "examples", "kotahi", "s3"), Name);
        foreach (var (name, value) in keys) project.Further[name] = value;
        project.Further["KOTAHI_BUCKET"] = "kpt-kotahi";
        var (sender, reader) = (BucketOf(keys, "KARO"), BucketOf(keys, "KARO_READER"));
        foreach (var extract in project.Made.GetDirectories("indici/*")) await PutAsync(sender, extract, $"indici/{extract.Name}");
        foreach (var (drop, _) in project.Arrivals) await PutAsync(sender, new DirectoryInfo(Path.Combine(project.Made.FullName, drop)), drop);

        (await project.RunAsync("sync", "--target", "s3")).Expect(0);

        foreach (var (file, rows) in project.Arrivals[^1].Rows.Where(file => file.Key != "Activities"))
            Assert.Equal((file, rows), (file, await project.Warehouse.ScalarAsync<long>($"select count(*) from karo.{file.ToLowerInvariant()}")));
        Assert.True(await project.Warehouse.ScalarAsync<long>("select count(*) from indici.patients") > 0);
        await Assert.ThrowsAsync<S3RefusedException>(() => PutAsync(reader, "karo_upload20260401000512/Dhbs.csv", "dhbid,name\n"));
        await Assert.ThrowsAsync<S3RefusedException>(() => reader.RemoveAsync($"{project.Arrivals[0].Drop}/Dhbs.csv", TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<S3RefusedException>(() => sender.ListAsync("", TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken).AsTask());
    }

    private static Bucket BucketOf(Dictionary<string, string> keys, string user) => new(
        new S3Connection(
            new SourcePosition("test", 1), Endpoint: keys[$"{Name}_ENDPOINT"], AccessKey: new Secret(keys[$"{Name}_{user}_ACCESS_KEY"]), SecretKey: new Secret(keys[$"{Name}_{user}_SECRET_KEY"])),
        "kpt-kotahi");

    private static async Task PutAsync(Bucket bucket, DirectoryInfo folder, string prefix)
    {
        foreach (var file in folder.GetFiles()) await PutAsync(bucket, $"{prefix}/{file.Name}", await File.ReadAllTextAsync(file.FullName, TestContext.Current.CancellationToken));
    }

    private static Task<PutObjectResponse> PutAsync(Bucket bucket, string key, string text) =>
        bucket.PutAsync(new PutObjectRequest { Key = key, ContentBody = text }, TestContext.Current.CancellationToken);
}
