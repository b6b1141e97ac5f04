using System.Text.Json;
using Tributary.Connectors;
using Tributary.Connectors.Buckets;
using Tributary.Core.Exports;
using Tributary.Core.Text;

namespace Tributary.Tests.Live.Support;

/// <summary>A bucket a track on the test server, each with a writer of its own, set up as <c>examples/engage/s3</c> asks for.</summary>
internal sealed record TrackBuckets(IReadOnlyDictionary<Track, Bucket> Buckets, IReadOnlyDictionary<Track, S3Keys> Writers)
{
    private static readonly string[] OfObjects = ["s3:PutObject", "s3:GetObject", "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"];
    private static readonly string[] OfBucket = ["s3:ListBucket", "s3:ListBucketMultipartUploads"];

    public static readonly string[] AllRights = [.. OfObjects, .. OfBucket];

    public static async Task<TrackBuckets> CreateAsync(params Track[] tracks)
    {
        var buckets = new Dictionary<Track, Bucket>();
        var writers = new Dictionary<Track, S3Keys>();
        foreach (var track in tracks)
        {
            buckets[track] = await TestS3.CreateBucketAsync($"exports-{track}".ToLowerInvariant());
            writers[track] = await TestS3.CreateUserAsync($"writer-{track}".ToLowerInvariant());
        }
        var made = new TrackBuckets(buckets, writers);
        foreach (var track in tracks) await made.AllowAsync(track, (ArnOf(writers[track]), AllRights));
        return made;
    }

    public static string ArnOf(S3Keys user) => $"arn:aws:iam:::user/{user.User}";

    /// <summary>Sets the bucket's policy: who may do what.</summary>
    public Task AllowAsync(Track track, params (string Who, string[] Rights)[] allowed)
    {
        var bucket = Buckets[track];
        var policy = JsonSerializer.Serialize(new
        {
            Version = "2012-10-17",
            Statement = allowed.SelectMany(who => new object[]
            {
                Statement(who.Who, who.Rights.Intersect(OfObjects), $"arn:aws:s3:::{bucket.Name}/*"), Statement(who.Who, who.Rights.Intersect(OfBucket), $"arn:aws:s3:::{bucket.Name}"),
            }),
        });
        return bucket.CallAsync("set the policy", client => client.PutBucketPolicyAsync(bucket.Name, policy), CancellationToken.None);
    }

    /// <summary>The destination of a track with the credential of its writer; the test server can encrypt with this key.</summary>
    public S3 DestinationOf(Track track) => TestS3.DestinationOf(Buckets[track]) with
    {
        At = new SourcePosition($"destinations/{track}.yml", 1),
        Name = $"s3_{track}".ToLowerInvariant(),
        Tracks = [track],
        Connection = TestS3.Connect(Writers[track]),
        Encryption = ServerEncryption.Kms,
        KmsKey = "test-key",
    };

    private static object Statement(string who, IEnumerable<string> rights, string resource) => new
    {
        Effect = "Allow",
        Principal = who == "*" ? (object)"*" : new { AWS = new[] { who } },
        Action = rights.DefaultIfEmpty("s3:GetBucketLocation"),
        Resource = resource,
    };
}
