using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using Tributary.Connectors.Buckets;
using Tributary.Core.Exports;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Connectors;

/// <summary>
/// A bucket of S3, or of a server that speaks it. A file appears whole or not at all, by one conditional request at its end, and never
/// replaces another; what was sent is read back and compared before the export counts as delivered.
/// </summary>
[Kind("s3")]
[Description("A bucket of S3, or of a server that speaks it.")]
public sealed record S3(
    SourcePosition At,
    [Given] string Name,
    [Description("The bucket. It must exist.")] string Bucket,
    [Description("The tracks that it may hold: pii, anon, metrics.")][OneOrMany] IReadOnlyList<Track> Tracks,
    [Inline] S3Connection Connection,
    [Description("Put before every key, such as exports/.")] string Prefix = "",
    [Description("Encryption at the server, asked for with every file: aes256 or kms; default: as the bucket does it.")] ServerEncryption? Encryption = null,
    [Description("The id of the key for encryption: kms; default: the account's.")] string? KmsKey = null,
    [Description("The storage class, such as STANDARD_IA; default: the bucket's.")] string? StorageClass = null,
    [Description("Files are sent in parts of this size, at most 10,000 of them; three are in memory at once.")][Default("16 MiB")] ByteSize PartSize = default,
    [Description("Uploads that began longer ago were left by somebody who died, and are removed.")][Default("1d")] TimeSpan AbandonedAfter = default,
    [Description("Only production targets may export to it.")] bool Production = false)
    : FileDestination(At, Name, Tracks, Production), IValidated
{
    private const long SmallestPart = 5 * 1024 * 1024;

    public void Validate(Validation check)
    {
        ArgumentNullException.ThrowIfNull(check);
        Connection.Validate(check);
        if (!Amazon.S3.Util.AmazonS3Util.ValidateV2Bucket(Bucket)) check.Refuse("bucket", "no name of a bucket", "3 to 63 lower-case letters, digits, dots and hyphens.");
        if (Prefix.StartsWith('/') || Prefix.Contains("//", StringComparison.Ordinal) || Prefix.Split('/').Any(part => part is "." or "..")) check.Refuse("prefix", "no beginning of a key", "Write it as a/b/.");
        if (KmsKey is { Length: > 0 } && Encryption != ServerEncryption.Kms) check.Refuse("kms_key", "a key is for `encryption: kms`");
        if (PartSize.Bytes is < SmallestPart or > int.MaxValue / 2) check.Refuse("part_size", $"a part has 5 MiB to 1 GiB, found {PartSize}");
    }

    /// <summary>What stands before every key, with its slash.</summary>
    internal string Beginning => Prefix.Length == 0 || Prefix.EndsWith('/') ? Prefix : Prefix + "/";

    internal Bucket Store => new(Connection, Bucket);

    public override string Place => $"s3://{Connection.Host}/{Bucket}/{Beginning}";

    /// <summary>Ends uploads whose writer died; those of this process are left alone, however long they take.</summary>
    public override async Task CleanAsync(CancellationToken cancel)
    {
        var before = TimeProvider.System.GetUtcNow() - AbandonedAfter;
        try
        {
            await foreach (var upload in UploadsAsync(cancel))
            {
                if (PendingS3File.IsAlive(upload.UploadId) || S3Entry.TimeOf(upload.Initiated) > before) continue;
                await Store.AbortAsync(upload.Key, upload.UploadId, cancel);
            }
        }
        catch (S3RefusedException)
        {
            // Keys that may not look for uploads can still write: the bucket's lifecycle rule ends them then, and `check --live` names the right.
        }
    }

    public override async Task<PendingFile> BeginAsync(string name, CancellationToken cancel) => await PendingS3File.BeginAsync(this, KeyOf(name), cancel);

    public override async Task<StoredFile?> FindAsync(string name, CancellationToken cancel) =>
        await Store.FindAsync(KeyOf(name), cancel) is { } found ? Stored(found) : null;

    public override async IAsyncEnumerable<StoredFile> ListAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var entry in Store.ListAsync(Beginning, cancel))
        {
            if (!entry.Key.EndsWith('/')) yield return Stored(entry);
        }
    }

    public override async Task<Stream> OpenReadAsync(string name, CancellationToken cancel) =>
        Store.OpenRead(await Store.FindAsync(KeyOf(name), cancel) ?? throw new FileNotFoundException($"Bucket '{Bucket}' holds no '{KeyOf(name)}'."));

    public override async Task ReplaceAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancel) =>
        await Store.PutAsync(Ask(new PutObjectRequest { Key = KeyOf(name), InputStream = new MemoryStream(content.ToArray()) }), cancel);

    public override Task RemoveAsync(string name, CancellationToken cancel) => Store.RemoveAsync(KeyOf(name), cancel);

    public override Task<IReadOnlyList<UserError>> InspectAsync(string probe, CancellationToken cancel) => new S3Inspection(this, KeyOf(probe)).RunAsync(cancel);

    public override Task<IReadOnlyList<string>> ReachAsync(FileDestination other, string probe, CancellationToken cancel) =>
        other is S3 theirs ? S3Reach.FindAsync(this, theirs, theirs.KeyOf(probe), cancel) : Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>The key of a name. A name can never lead elsewhere: keys are no paths, and yet programs that copy them make them into some.</summary>
    internal string KeyOf(string name) => name.Split('/').All(part => part.Length > 0 && part[0] != '.' && !part.AsSpan().ContainsAny("\\:\0"))
        ? Beginning + name
        : throw new IOException($"'{name}' is no name that an S3 destination takes.");

    /// <summary>Asks for what every object of this destination gets: encryption and storage class.</summary>
    internal PutObjectRequest Ask(PutObjectRequest request)
    {
        request.ServerSideEncryptionMethod = Method;
        request.ServerSideEncryptionKeyManagementServiceKeyId = KmsKey is { Length: > 0 } ? KmsKey : null;
        request.StorageClass = StorageClass is null ? null : S3StorageClass.FindValue(StorageClass);
        return request;
    }

    /// <summary>The same for an object in parts.</summary>
    internal InitiateMultipartUploadRequest Ask(InitiateMultipartUploadRequest request)
    {
        request.ServerSideEncryptionMethod = Method;
        request.ServerSideEncryptionKeyManagementServiceKeyId = KmsKey is { Length: > 0 } ? KmsKey : null;
        request.StorageClass = StorageClass is null ? null : S3StorageClass.FindValue(StorageClass);
        return request;
    }

    private ServerSideEncryptionMethod? Method => Encryption switch
    {
        ServerEncryption.Aes256 => ServerSideEncryptionMethod.AES256,
        ServerEncryption.Kms => ServerSideEncryptionMethod.AWSKMS,
        _ => null,
    };

    /// <summary>Throws when encryption was asked for and the server does not say that it did it.</summary>
    internal void RequireEncryption(ServerSideEncryptionMethod? said)
    {
        if (Method is { } asked && said?.Value != asked.Value)
            throw new S3RefusedException($"{Connection.Host} did not encrypt with {asked.Value} as `encryption` asks", "Use a server that can, or let the bucket do it and leave `encryption` out.");
    }

    private StoredFile Stored(S3Entry entry) => new(entry.Key[Beginning.Length..], entry.Bytes, entry.ModifiedAt, entry.Sha256);

    private async IAsyncEnumerable<MultipartUpload> UploadsAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        ListMultipartUploadsResponse? page = null;
        do
        {
            var request = new ListMultipartUploadsRequest { BucketName = Bucket, Prefix = Beginning, KeyMarker = page?.NextKeyMarker, UploadIdMarker = page?.NextUploadIdMarker };
            page = await Store.CallAsync($"list uploads of bucket '{Bucket}' (s3:ListBucketMultipartUploads)", client => client.ListMultipartUploadsAsync(request, cancel), cancel);
            foreach (var upload in page.MultipartUploads ?? []) yield return upload;
        }
        while (page.IsTruncated == true);
    }
}

/// <summary>How the server encrypts what it stores.</summary>
public enum ServerEncryption
{
    /// <summary>With keys of S3's own.</summary>
    Aes256,

    /// <summary>With a key of the key management service.</summary>
    Kms,
}
