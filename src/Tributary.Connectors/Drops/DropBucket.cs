using System.Runtime.CompilerServices;
using Tributary.Connectors.Buckets;
using Tributary.Core.Ingest.Drops;

namespace Tributary.Connectors.Drops;

/// <summary>Drops in a bucket of S3: the first part of a key behind the prefix is the drop. An object is pinned by its ETag.</summary>
internal sealed class DropBucket(Bucket bucket, string beginning) : DropPlace
{
    protected override async IAsyncEnumerable<DropFile> ListFilesAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var entry in bucket.ListAsync(beginning + prefix, cancel))
        {
            var name = entry.Key[beginning.Length..];
            var end = name.IndexOf('/', StringComparison.Ordinal);
            // Objects beside the drops, and the empty ones that stand for folders, are no files of a drop.
            if (end > 0 && !name.EndsWith('/')) yield return new DropFile(name[..end], name[(end + 1)..], entry.Bytes, entry.ETag, entry.ModifiedAt);
        }
    }

    protected override Task<Stream> OpenFileAsync(DropFile file, CancellationToken cancel) =>
        Task.FromResult(file.Bytes == 0 ? Stream.Null : bucket.OpenRead(new S3Entry(KeyOf(file), file.Bytes, file.Version, file.ModifiedAt, null)));

    protected override async Task<DropFile> WholeAsync(DropFile archive, CancellationToken cancel)
    {
        var found = await bucket.FindAsync(KeyOf(archive), cancel);
        return found?.ETag == archive.Version ? archive with { Bytes = found.Bytes } : throw Changed(archive);
    }

    private string KeyOf(DropFile file) => $"{beginning}{file.Drop}/{file.Name}";
}
