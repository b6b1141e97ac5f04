using Tributary.Connectors;
using Tributary.Core.Exports;
using Tributary.Core.Text;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Exports;

/// <summary><c>check --live</c> against real buckets and policies: what is right is found right, and each wrong is named.</summary>
[Requirement("E40", "E43", "E46", "X9")]
public sealed class LiveDestinationsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Three_buckets_with_narrow_policies_are_in_order_and_nothing_is_left_in_them()
    {
        var buckets = await TrackBuckets.CreateAsync(Track.Pii, Track.Anon, Track.Metrics);
        Assert.Empty(await CheckAsync(buckets));
        foreach (var bucket in buckets.Buckets.Values)
        {
            Assert.Empty(await S3FaultTests.NamesAsync(bucket));
            Assert.Empty(await S3FaultTests.UploadsAsync(bucket));
        }
    }

    [Theory]
    [InlineData("s3:ListBucket", "list")]
    [InlineData("s3:GetObject", "read")]
    [InlineData("s3:PutObject", "write")]
    [InlineData("s3:DeleteObject", "delete")]
    public async Task A_policy_that_is_too_wide_is_found_and_named(string right, string said)
    {
        var buckets = await TrackBuckets.CreateAsync(Track.Pii, Track.Anon);
        await buckets.AllowAsync(Track.Pii, (TrackBuckets.ArnOf(buckets.Writers[Track.Pii]), TrackBuckets.AllRights), (TrackBuckets.ArnOf(buckets.Writers[Track.Anon]), [right]));
        var found = Assert.Single(await CheckAsync(buckets));
        Assert.Equal(ErrorCodes.RightTooWide, found.Code);
        Assert.StartsWith($"The credential of destination 's3_anon' (anon) may {said} at 's3_pii' (pii).", found.Message);
        Assert.Empty(await S3FaultTests.NamesAsync(buckets.Buckets[Track.Pii]));
    }

    [Theory]
    [InlineData("s3:PutObject")]
    [InlineData("s3:ListBucket")]
    [InlineData("s3:DeleteObject")]
    [InlineData("s3:ListBucketMultipartUploads")]
    public async Task A_right_that_is_missing_is_named(string right)
    {
        var buckets = await TrackBuckets.CreateAsync(Track.Anon);
        await buckets.AllowAsync(Track.Anon, (TrackBuckets.ArnOf(buckets.Writers[Track.Anon]), [.. TrackBuckets.AllRights.Except([right])]));
        var found = await CheckAsync(buckets);
        Assert.Contains(found, error => error.Code == ErrorCodes.RightMissing && error.Message.Contains($"({right})", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_public_bucket_is_found()
    {
        var buckets = await TrackBuckets.CreateAsync(Track.Anon);
        await buckets.AllowAsync(Track.Anon, (TrackBuckets.ArnOf(buckets.Writers[Track.Anon]), TrackBuckets.AllRights), ("*", ["s3:GetObject", "s3:ListBucket"]));
        var found = await CheckAsync(buckets);
        Assert.All(found, error => Assert.Equal(ErrorCodes.RightTooWide, error.Code));
        Assert.Contains(found, error => error.Message.Contains("can be read by everybody", StringComparison.Ordinal));
        Assert.Contains(found, error => error.Message.Contains("can be listed by everybody", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_bucket_without_encryption_is_found()
    {
        var buckets = await TrackBuckets.CreateAsync(Track.Anon);
        var found = Assert.Single(await LiveDestinations.CheckAsync([buckets.DestinationOf(Track.Anon) with { Encryption = null, KmsKey = null }], Cancel));
        Assert.Contains("does not encrypt", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_tracks_in_one_bucket_under_two_addresses_are_found()
    {
        var buckets = await TrackBuckets.CreateAsync(Track.Anon);
        var anon = buckets.DestinationOf(Track.Anon);
        var endpoint = anon.Connection.Endpoint!.Replace("127.0.0.1", "localhost", StringComparison.Ordinal); // the test server has one
        var pii = anon with { Name = "s3_pii", Tracks = [Track.Pii], Connection = anon.Connection with { Endpoint = endpoint } };
        Assert.NotEqual(anon.Place, pii.Place);
        Assert.Contains(await LiveDestinations.CheckAsync([anon, pii], Cancel), error => error.Code == ErrorCodes.RightTooWide);
    }

    [Fact]
    public async Task A_server_that_is_gone_and_one_that_is_well_are_told_apart()
    {
        var buckets = await TrackBuckets.CreateAsync(Track.Anon, Track.Pii);
        var pii = buckets.DestinationOf(Track.Pii);
        var gone = pii with { Connection = pii.Connection with { Endpoint = "http://127.0.0.1:1" } };
        var found = await LiveDestinations.CheckAsync([buckets.DestinationOf(Track.Anon), gone], Cancel);
        Assert.All(found, error => Assert.Equal((ErrorCodes.OutOfReach, gone.At), (error.Code, error.At)));
        Assert.NotEmpty(found);
    }

    [Fact]
    public async Task Folders_are_checked_too()
    {
        var home = Directory.CreateTempSubdirectory("live");
        var folder = new Folder(new SourcePosition("destinations/local.yml", 1), "local", home.FullName, "out", [Track.Pii]);
        Assert.Empty(await LiveDestinations.CheckAsync([folder], Cancel));
        Assert.Empty(Directory.EnumerateFiles(home.FullName, "*", SearchOption.AllDirectories));
        home.Delete(recursive: true);
    }

    private static Task<IReadOnlyList<UserError>> CheckAsync(TrackBuckets buckets) =>
        LiveDestinations.CheckAsync([.. buckets.Buckets.Keys.Select(buckets.DestinationOf)], Cancel);
}
