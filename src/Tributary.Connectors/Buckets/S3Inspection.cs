using Amazon.Runtime;
using Amazon.S3.Model;
using Tributary.Core.Text;

namespace Tributary.Connectors.Buckets;

/// <summary>Looks for what makes a bucket unsafe, with a probe that lies in it. What the server does not tell, or not to these keys, is no finding.</summary>
internal sealed class S3Inspection(S3 destination, string probe)
{
    private readonly List<UserError> found = [];

    public async Task<IReadOnlyList<UserError>> RunAsync(CancellationToken cancel)
    {
        await FindStrangersAsync(cancel);
        await FindUnencryptedAsync(cancel);
        await FindUploadRightsAsync(cancel);
        return found;
    }

    /// <summary>Whether somebody without any keys gets in.</summary>
    private async Task FindStrangersAsync(CancellationToken cancel)
    {
        using var stranger = S3Clients.Anonymous(destination.Connection);
        if (await SucceedsAsync(() => stranger.GetObjectMetadataAsync(destination.Bucket, probe, cancel), cancel))
            Add("can be read by everybody, without any keys", "Turn on Block Public Access, and remove the public statement of the bucket's policy or the public grant of its ACL.");
        if (await SucceedsAsync(() => stranger.ListObjectsV2Async(new ListObjectsV2Request { BucketName = destination.Bucket, MaxKeys = 1 }, cancel), cancel))
            Add("can be listed by everybody, without any keys", "Turn on Block Public Access, and remove the public statement of the bucket's policy or the public grant of its ACL.");
    }

    private async Task FindUnencryptedAsync(CancellationToken cancel)
    {
        var head = new GetObjectMetadataRequest { BucketName = destination.Bucket, Key = probe };
        var stored = await destination.Store.CallAsync($"look at '{probe}'", client => client.GetObjectMetadataAsync(head, cancel), cancel);
        if (stored.ServerSideEncryptionMethod is null || stored.ServerSideEncryptionMethod.Value.Length == 0)
            Add("does not encrypt what it stores, as far as the server tells", "Give the bucket a default encryption, or ask for it with `encryption: aes256` or `kms`.");
    }

    /// <summary>What long files need, which the probe is none of.</summary>
    private async Task FindUploadRightsAsync(CancellationToken cancel)
    {
        var bucket = destination.Store;
        try
        {
            var ask = destination.Ask(new InitiateMultipartUploadRequest { BucketName = bucket.Name, Key = probe + ".parts" });
            var begun = await bucket.CallAsync("begin an upload in parts (s3:PutObject)", client => client.InitiateMultipartUploadAsync(ask, cancel), cancel);
            await bucket.AbortAsync(ask.Key, begun.UploadId, cancel);
            await bucket.CallAsync("list uploads in parts (s3:ListBucketMultipartUploads)",
                client => client.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = bucket.Name, Prefix = destination.Beginning, MaxUploads = 1 }, cancel), cancel);
        }
        catch (S3RefusedException refused)
        {
            found.Add(new UserError(ErrorCodes.RightMissing, destination.At, $"Destination '{destination.Name}' ({destination.Place}) cannot send long files: {refused.Message}"));
        }
    }

    private void Add(string what, string hint) =>
        found.Add(new UserError(ErrorCodes.RightTooWide, destination.At, $"Bucket '{destination.Bucket}' of destination '{destination.Name}' {what}.", hint));

    private static async Task<bool> SucceedsAsync<T>(Func<Task<T>> act, CancellationToken cancel)
    {
        try
        {
            await act();
            return true;
        }
        catch (Exception error) when (!cancel.IsCancellationRequested && error is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            return false;
        }
    }
}
