using System.IO.Compression;
using System.Security.Cryptography;

namespace Tributary.Core.Ingest.Formats;

/// <summary>A file that is read once from its start: unpacked when its name ends in <c>.gz</c>, hashed as it lies on disk.</summary>
public sealed class FileContent : IDisposable
{
    private readonly HashingStream? disk;

    private FileContent(HashingStream? disk, Stream content)
    {
        this.disk = disk;
        Content = content;
    }

    /// <summary>What the file holds, after unpacking.</summary>
    public Stream Content { get; }

    /// <summary>
    /// With <paramref name="isHashedByReader"/> nothing is hashed here unless the file is packed: whoever reads the content hashes it.
    /// </summary>
    public static FileContent Open(string path, bool isHashedByReader = false)
    {
        var file = new FileStream(path, new FileStreamOptions
        {
            Access = FileAccess.Read,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
            Options = FileOptions.SequentialScan,
        });
        var isPacked = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        if (isHashedByReader && !isPacked) return new FileContent(null, file);
        var disk = new HashingStream(file);
        return new FileContent(disk, isPacked ? new GZipStream(disk, CompressionMode.Decompress) : disk);
    }

    /// <summary>Content that comes from elsewhere, unpacked already; whoever reads it hashes it.</summary>
    public static FileContent Of(Stream content) => new(null, content);

    /// <summary>SHA-256 of a file; reads all of it.</summary>
    public static async Task<byte[]> HashAsync(string path, CancellationToken cancel)
    {
        const FileShare share = FileShare.ReadWrite | FileShare.Delete;
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, share, 1 << 20, FileOptions.SequentialScan);
        return await SHA256.HashDataAsync(file, cancel);
    }

    /// <summary>
    /// Reads what is left on disk behind the content and returns the whole file's size and hash; null when its reader hashes it.
    /// </summary>
    public async Task<(long Bytes, byte[] Sha256)?> FinishAsync(CancellationToken cancel)
    {
        if (disk is null) return null;
        await disk.CopyToAsync(Stream.Null, cancel);
        return (disk.Bytes, disk.Finish());
    }

    public void Dispose()
    {
        Content.Dispose();
        disk?.Dispose();
    }
}
