using Amazon.S3.Model;
using Tributary.Connectors.Buckets;
using Tributary.Core.Text;
using Tributary.Tests.Live.Connectors.Fhir;
using Tributary.Tests.Live.Support;

namespace Tributary.Tests.Live.Examples;

/// <summary>Engage from a FHIR server that somebody else wrote to its three buckets on a real S3 server, with the policies that the example ships.</summary>
[Requirement("E1", "E40", "E42", "E43", "E44", "E46")]
public sealed class EngageS3Tests
{
    private static readonly string[] Tracks = ["anon", "pii", "metrics"];
    private static readonly string[] AsOf = ["--as-of", "2025-12-31", "--target", "s3"];

    private static string Policies => Path.Combine(Repository.Root, "examples", "engage", "s3");

    [Fact]
    public async Task Each_track_reaches_its_bucket_and_no_credential_another_one()
    {
        await using var project = await EngageProject.CreateAsync(scale: 0.02);
        foreach (var (name, value) in await TestS3.ApplyPoliciesAsync(Policies, "ENGAGE_S3")) project.Further[name] = value;
        project.Further["ENGAGE_S3_ENCRYPTION"] = "kms";
        project.Further["ENGAGE_S3_KMS_KEY"] = "test-key";

        using var server = await NpmFhirServer.StartAsync(Repository.Root);
        await server.FillAsync(Repository.Root, project.FhirFiles);
        project.ReadServer(server.Base);
        (await project.RunAsync("sync", "--target", "s3")).Expect(0);
        (await project.RunAsync("verify", "fhir", "--target", "s3")).Expect(0);
        (await project.RunAsync(["build", .. AsOf])).Expect(0);
        (await project.RunAsync(["export", .. AsOf])).Expect(0);
        (await project.RunAsync("check", "--live", "--target", "s3")).Expect(0);

        foreach (var track in Tracks)
        {
            Assert.Equal([$"2025/12/31/engage_analytics_export_{track}_20251231_000000.zip", $"latest/{track}.json"], await ListAsync(BucketOf(project, track, $"{track}_READER")));
            foreach (var other in Tracks.Where(other => other != track)) await AssertRefusedAsync(BucketOf(project, other, track), BucketOf(project, other, $"{track}_READER"));
            await Assert.ThrowsAsync<S3RefusedException>(() => PutAsync(BucketOf(project, track, $"{track}_READER")));
        }
        (await project.RunAsync("exports", "verify", "--target", "s3")).Expect(0);
        Assert.Contains("latest/anon.json", (await project.RunAsync("exports", "list", "--from", "s3_anon", "--target", "s3")).Expect(0).Output);
        (await project.RunAsync("exports", "download", "--latest", project.At("fetched"), "--target", "s3")).Expect(0);
        Assert.Equal(3, Directory.GetFileSystemEntries(project.At("fetched"), "*", SearchOption.AllDirectories).Length);
        (await project.RunAsync("exports", "download", "anon", project.At("again"), "--from", "s3_anon", "--target", "s3")).Expect(0);
        Assert.Equal(2, (await project.RunAsync("exports", "download", "nothing", project.At("again"), "--target", "s3")).Status);

        await AssertWrongPolicyIsFoundAsync(project);
    }

    private static async Task AssertWrongPolicyIsFoundAsync(EngageProject project)
    {
        string[] wrong = ["writer-anon", Path.Combine(Policies, "writer-pii.json")];
        await TestS3.ApplyPoliciesAsync(Policies, "ENGAGE_S3", ["allow", .. wrong]);
        var found = (await project.RunAsync("check", "--live", "--target", "s3")).Expect(2);
        Assert.Contains(ErrorCodes.RightTooWide, found.Errors);
        Assert.Contains("The credential of destination 's3_anon' (anon) may list, read, delete, write at 's3_pii' (pii).", found.Errors.ReplaceLineEndings(" "));
        await TestS3.ApplyPoliciesAsync(Policies, "ENGAGE_S3", ["deny", .. wrong]);
        (await project.RunAsync("check", "--live", "--target", "s3")).Expect(0);
    }

    /// <summary>The bucket of a track with the keys of one of the users.</summary>
    private static Bucket BucketOf(EngageProject project, string track, string user) => new(
        new S3Connection(new SourcePosition("test", 1), Endpoint: project.Further["ENGAGE_S3_ENDPOINT"],
            AccessKey: new Secret(project.Further[$"ENGAGE_S3_{user.ToUpperInvariant()}_ACCESS_KEY"]),
            SecretKey: new Secret(project.Further[$"ENGAGE_S3_{user.ToUpperInvariant()}_SECRET_KEY"])),
        $"engage-analytics-exports-{track}");

    private static async Task AssertRefusedAsync(params Bucket[] buckets)
    {
        foreach (var bucket in buckets)
        {
            await Assert.ThrowsAsync<S3RefusedException>(() => ListAsync(bucket));
            await Assert.ThrowsAsync<S3RefusedException>(() => bucket.FindAsync($"latest/{bucket.Name.Split('-')[^1]}.json", TestContext.Current.CancellationToken));
            await Assert.ThrowsAsync<S3RefusedException>(() => PutAsync(bucket));
        }
    }

    private static async Task<List<string>> ListAsync(Bucket bucket)
    {
        var names = new List<string>();
        await foreach (var entry in bucket.ListAsync("", TestContext.Current.CancellationToken)) names.Add(entry.Key);
        return names;
    }

    private static Task PutAsync(Bucket bucket) => bucket.PutAsync(new PutObjectRequest { Key = "intruder" }, TestContext.Current.CancellationToken);
}
