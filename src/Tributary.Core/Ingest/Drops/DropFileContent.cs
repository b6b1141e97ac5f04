using System.IO.Compression;
using Tributary.Core.Ingest.Datasets;
using Tributary.Core.Ingest.Formats;

namespace Tributary.Core.Ingest.Drops;

/// <summary>One file of a drop as it is read: unpacked within limits, hashed as it lies there.</summary>
internal sealed class DropFileContent : IAsyncDisposable
{
    /// <summary>Text packs to a tenth or less; a thousandth and below is a bomb. The first megabytes may be anything.</summary>
    private const int MostRatio = 1_000;

    private const long Harmless = 100_000_000;

    private readonly HashingStream disk;

    private DropFileContent(HashingStream disk, Stream content) => (this.disk, Content) = (disk, content);

    public Stream Content { get; }

    public static async Task<DropFileContent> OpenAsync(DropSource source, DropFile file, CancellationToken cancel)
    {
        var disk = new HashingStream(await source.OpenAsync(file, cancel));
        return new DropFileContent(disk, file.Name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new Unpacked(disk) : disk);
    }

    /// <summary>Reads what is left and returns size and hash of the file as it lies there.</summary>
    public async Task<(long Bytes, byte[] Sha256)> FinishAsync(CancellationToken cancel)
    {
        await disk.CopyToAsync(Stream.Null, cancel);
        return (disk.Bytes, disk.Finish());
    }

    public async ValueTask DisposeAsync()
    {
        await Content.DisposeAsync();
        await disk.DisposeAsync();
    }

    /// <summary>A gzip stream that stops when it gives far more than went in.</summary>
    private sealed class Unpacked(HashingStream packed) : GZipStream(packed, CompressionMode.Decompress, leaveOpen: true)
    {
        private long bytes;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            try
            {
                var read = await base.ReadAsync(buffer, cancellationToken);
                bytes += read;
                if (bytes > Harmless && bytes / MostRatio > packed.Bytes) throw new HeldException("it unpacks to more than a thousand times its size");
                return read;
            }
            catch (InvalidDataException)
            {
                throw new HeldException("its archive is damaged");
            }
        }
    }
}
