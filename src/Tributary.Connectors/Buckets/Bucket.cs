using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using Tributary.Core.Text;

namespace Tributary.Connectors.Buckets;

/// <summary>
/// One bucket over one connection, for sources and destinations alike. Every error comes out as the seams have it:
/// <see cref="TransientException"/>, <see cref="S3RefusedException"/> or <see cref="FileNotFoundException"/>.
/// </summary>
internal sealed record Bucket(S3Connection Connection, string Name)
{
    /// <summary>Every object whose key starts with the prefix, in ordinal order of keys (as UTF-8), page by page.</summary>
    public async IAsyncEnumerable<S3Entry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel, int pageSize = 1000)
    {
        string? token = null;
        do
        {
            var request = new ListObjectsV2Request { BucketName = Name, Prefix = prefix, ContinuationToken = token, MaxKeys = pageSize };
            var page = await CallAsync($"list bucket '{Name}' (s3:ListBucket)", client => client.ListObjectsV2Async(request, cancel), cancel);
            foreach (var found in page.S3Objects ?? [])
                yield return new S3Entry(found.Key, found.Size ?? 0, found.ETag, S3Entry.TimeOf(found.LastModified), null);
            token = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (token is not null);
    }

    /// <summary>One object; null when there is none. A server that may not list answers 403 for what is missing.</summary>
    public async Task<S3Entry?> FindAsync(string key, CancellationToken cancel)
    {
        try
        {
            var found = await CallAsync($"look for '{key}' in bucket '{Name}' (s3:GetObject)", client => client.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = Name, Key = key }, cancel), cancel);
            return new S3Entry(key, found.ContentLength, found.ETag, S3Entry.TimeOf(found.LastModified), found.Metadata[S3Entry.Sha256Name]);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>
    /// The content of an object, which is read in ranges as it is asked for, can seek, and goes on after a cut. Changed under way, it throws
    /// <see cref="IOException"/>.
    /// </summary>
    public Stream OpenRead(S3Entry entry) => new S3ReadStream(this, entry);

    /// <summary>Writes an object in one request.</summary>
    public Task<PutObjectResponse> PutAsync(PutObjectRequest request, CancellationToken cancel)
    {
        request.BucketName = Name;
        return CallAsync($"write '{request.Key}' to bucket '{Name}' (s3:PutObject)", client => client.PutObjectAsync(request, cancel), cancel);
    }

    /// <summary>Removes an object; not being there is fine.</summary>
    public Task RemoveAsync(string key, CancellationToken cancel) =>
        CallAsync($"remove '{key}' from bucket '{Name}' (s3:DeleteObject)", client => client.DeleteObjectAsync(Name, key, cancel), cancel);

    /// <summary>Ends an upload in parts; one that has ended already is fine.</summary>
    public async Task AbortAsync(string key, string uploadId, CancellationToken cancel)
    {
        try
        {
            var request = new AbortMultipartUploadRequest { BucketName = Name, Key = key, UploadId = uploadId };
            await CallAsync($"end an upload to bucket '{Name}' (s3:AbortMultipartUpload)", client => client.AbortMultipartUploadAsync(request, cancel), cancel);
        }
        catch (Exception error) when (error.InnerException is AmazonS3Exception { ErrorCode: "NoSuchUpload" })
        {
            // Somebody else has ended it.
        }
    }

    /// <summary>One call of the client with its errors translated; <paramref name="what"/> follows "was asked to".</summary>
    public async Task<T> CallAsync<T>(string what, Func<AmazonS3Client, Task<T>> call, CancellationToken cancel)
    {
        try
        {
            return await call(S3Clients.Of(Connection));
        }
        catch (Exception error) when (error is not (S3RefusedException or TransientException) && !cancel.IsCancellationRequested)
        {
            var meaning = S3Failure.From(error, what, Connection);
            if (ReferenceEquals(meaning, error)) throw;
            throw meaning;
        }
    }
}

/// <summary>An object as S3 lists it. <paramref name="Sha256"/> is what its metadata say of its content, where they say it.</summary>
internal sealed record S3Entry(string Key, long Bytes, string ETag, DateTimeOffset ModifiedAt, string? Sha256)
{
    /// <summary>The name of the metadata, without <c>x-amz-meta-</c>.</summary>
    public const string Sha256Name = "sha256";

    /// <summary>A time as S3's client gives it.</summary>
    public static DateTimeOffset TimeOf(DateTime? time) => time is { } given ? new DateTimeOffset(given.ToUniversalTime(), TimeSpan.Zero) : DateTimeOffset.UnixEpoch;
}
