using Amazon.S3;
using Amazon.S3.Model;
using Tributary.Core.Text;

namespace Tributary.Connectors.Buckets;

/// <summary>What the credential of one bucket may do in the bucket of another track. Nothing is the right answer.</summary>
internal static class S3Reach
{
    private const int Attempts = 4;

    public static async Task<IReadOnlyList<string>> FindAsync(S3 own, S3 theirs, string probe, CancellationToken cancel)
    {
        // Their bucket at their server, with our keys.
        var connection = theirs.Connection with
        {
            AccessKey = own.Connection.AccessKey,
            SecretKey = own.Connection.SecretKey,
            SessionToken = own.Connection.SessionToken,
            AssumeRole = own.Connection.AssumeRole,
            ExternalId = own.Connection.ExternalId,
        };
        var bucket = new Bucket(connection, theirs.Bucket);
        var nobodys = $"{probe}.reached"; // a key that nobody uses
        var may = new List<string>();
        await TryAsync("list", client => client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket.Name, Prefix = theirs.Beginning, MaxKeys = 1 }, cancel));
        await TryAsync("read", async client =>
        {
            using var read = await client.GetObjectAsync(bucket.Name, probe, cancel);
            return read;
        });
        await TryAsync("delete", client => client.DeleteObjectAsync(bucket.Name, nobodys, cancel));
        await TryAsync("write", client => client.PutObjectAsync(theirs.Ask(new PutObjectRequest { BucketName = bucket.Name, Key = nobodys, ContentBody = "x" }), cancel));
        if (may.Contains("write")) await theirs.Store.RemoveAsync(nobodys, cancel);
        return may;

        async Task TryAsync<T>(string action, Func<AmazonS3Client, Task<T>> act, int attempt = 1)
        {
            try
            {
                await bucket.CallAsync($"{action} in bucket '{bucket.Name}'", act, cancel);
                may.Add(action);
            }
            catch (Exception error) when (error is S3RefusedException or FileNotFoundException)
            {
                // As it must be.
            }
            catch (TransientException) when (attempt < Attempts)
            {
                await TryAsync(action, act, attempt + 1); // "refused" must be the server's word, and not an accident's
            }
        }
    }
}
