using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Amazon.S3.Model;
using Tributary.Core.Exports;
using Tributary.Core.Text;

namespace Tributary.Connectors.Buckets;

/// <summary>
/// A file on its way to S3. One that fits into a part is written by one conditional request; a longer one goes in parts, of which nobody
/// sees any before the last request joins them. Either way the name must be free at that moment.
/// </summary>
internal sealed class PendingS3File : PendingFile
{
    private const string OnlyWhenFree = "*";

    private static readonly ConcurrentDictionary<string, bool> Alive = new();

    private readonly S3 destination;
    private readonly string key;
    private readonly S3Parts parts;
    private bool isOpen = true;
    private bool replaces;

    private PendingS3File(S3 destination, string key)
    {
        this.destination = destination;
        this.key = key;
        parts = new S3Parts((int)destination.PartSize.Bytes, SendAsync);
    }

    public override Stream Content => parts;

    /// <summary>The upload in parts, once there is one.</summary>
    private string? UploadId { get; set; }

    /// <summary>Whether this process is writing the upload.</summary>
    public static bool IsAlive(string uploadId) => Alive.ContainsKey(uploadId);

    public static Task<PendingS3File> BeginAsync(S3 destination, string key, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult(new PendingS3File(destination, key));
    }

    public override Task ReplaceAsync(CancellationToken cancel)
    {
        replaces = true;
        return PublishAsync(cancel);
    }

    public override async Task<bool> PublishAsync(CancellationToken cancel)
    {
        var isPublished = UploadId is null ? await PutWholeAsync(cancel) : await JoinAsync(UploadId, cancel);
        if (!isPublished) return false;
        isOpen = false;
        Forget();
        await ProveAsync(cancel);
        return true;
    }

    public override async ValueTask DisposeAsync()
    {
        await parts.DisposeAsync();
        if (!isOpen) return;
        isOpen = false;
        if (UploadId is null) return;
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            await destination.Store.AbortAsync(key, UploadId, patience.Token);
        }
        catch (Exception error) when (error is IOException or TransientException or OperationCanceledException)
        {
            // What cannot be removed now is removed by the next export, or by the bucket's lifecycle rule.
        }
        Forget();
    }

    private void Forget()
    {
        if (UploadId is not null) Alive.TryRemove(UploadId, out _);
    }

    /// <summary>Sends a full part; the first one opens the upload.</summary>
    private async Task<PartETag> SendAsync(int number, ArraySegment<byte> content, CancellationToken cancel)
    {
        if (UploadId is null)
        {
            var ask = destination.Ask(new InitiateMultipartUploadRequest { BucketName = destination.Bucket, Key = key, ContentType = Type });
            var begun = await destination.Store.CallAsync(Doing("begin"), client => client.InitiateMultipartUploadAsync(ask, cancel), cancel);
            Alive.TryAdd(begun.UploadId, true);
            UploadId = begun.UploadId;
            destination.RequireEncryption(begun.ServerSideEncryptionMethod);
        }
        var part = new UploadPartRequest
        {
            BucketName = destination.Bucket,
            Key = key,
            UploadId = UploadId,
            PartNumber = number,
            PartSize = content.Count,
            InputStream = new MemoryStream(content.Array!, content.Offset, content.Count), // a part is made from an array
            MD5Digest = Convert.ToBase64String(Md5(content)),
        };
        var sent = await destination.Store.CallAsync(Doing("take a part of"), client => client.UploadPartAsync(part, cancel), cancel);
        return new PartETag(number, sent.ETag);
    }

    private async Task<bool> PutWholeAsync(CancellationToken cancel)
    {
        var content = parts.Rest;
        var request = destination.Ask(new PutObjectRequest
        {
            Key = key,
            ContentType = Type,
            IfNoneMatch = replaces ? null : OnlyWhenFree,
            InputStream = new MemoryStream(content.Array!, content.Offset, content.Count), // as above
            MD5Digest = Convert.ToBase64String(Md5(content)),
        });
        request.Metadata[S3Entry.Sha256Name] = parts.Sha256;
        return await UnlessTakenAsync(() => destination.Store.PutAsync(request, cancel));
    }

    private async Task<bool> JoinAsync(string uploadId, CancellationToken cancel)
    {
        var tags = await parts.FinishAsync(cancel);
        // Older servers join whatever the condition says, so the name is looked at first. Newer ones decide it at once.
        if (!replaces && await destination.Store.FindAsync(key, cancel) is not null) return false;
        var request = new CompleteMultipartUploadRequest { BucketName = destination.Bucket, Key = key, UploadId = uploadId, PartETags = tags, IfNoneMatch = replaces ? null : OnlyWhenFree };
        return await UnlessTakenAsync(() => destination.Store.CallAsync(Doing("publish"), client => client.CompleteMultipartUploadAsync(request, cancel), cancel));
    }

    private static async Task<bool> UnlessTakenAsync<T>(Func<Task<T>> publish)
    {
        try
        {
            await publish();
            return true;
        }
        catch (S3RefusedException error) when (error.Status == HttpStatusCode.PreconditionFailed)
        {
            return false;
        }
    }

    /// <summary>Reads back what was stored. What differs is taken away again, so that nobody takes it for an export.</summary>
    private async Task ProveAsync(CancellationToken cancel)
    {
        if (await FindWrongAsync(cancel) is not { } wrong) return;
        await destination.Store.RemoveAsync(key, cancel);
        throw new TransientException($"'{key}' was taken away from bucket '{destination.Bucket}' again: {wrong}.");
    }

    private async Task<string?> FindWrongAsync(CancellationToken cancel)
    {
        var head = new GetObjectMetadataRequest { BucketName = destination.Bucket, Key = key };
        var stored = await destination.Store.CallAsync(Doing("look at"), client => client.GetObjectMetadataAsync(head, cancel), cancel);
        try
        {
            destination.RequireEncryption(stored.ServerSideEncryptionMethod);
        }
        catch (S3RefusedException)
        {
            await destination.Store.RemoveAsync(key, cancel);
            throw;
        }
        if (stored.ContentLength != parts.Bytes) return $"it has {stored.ContentLength} bytes, {parts.Bytes} were sent";
        await using var content = destination.Store.OpenRead(new S3Entry(key, stored.ContentLength, stored.ETag, default, null));
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancel)) == parts.Sha256 ? null : "its SHA-256 is not that of what was sent";
    }

    private string Type => key.EndsWith(".csv", StringComparison.Ordinal) ? "text/csv; charset=utf-8" : "application/zip";

    private string Doing(string what) => $"{what} '{key}' in bucket '{destination.Bucket}' (s3:PutObject)";

    /// <summary>What every server checks a request's body by; it protects against accidents, and SHA-256 is compared in the end.</summary>
#pragma warning disable CA5351 // Content-MD5 is S3's own choice
    private static byte[] Md5(ArraySegment<byte> content) => MD5.HashData(content);
#pragma warning restore CA5351
}
