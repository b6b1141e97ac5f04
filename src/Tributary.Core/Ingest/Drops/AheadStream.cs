using System.Buffers;
using System.Threading.Channels;

namespace Tributary.Core.Ingest.Drops;

/// <summary>Reads, unpacks and hashes a stream on another thread, a few pieces ahead of its reader.</summary>
internal sealed class AheadStream : Stream
{
    private const int PieceBytes = 256 * 1024;

    private readonly Channel<(byte[] Bytes, int Length)> pieces = Channel.CreateBounded<(byte[], int)>(new BoundedChannelOptions(4) { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource stop = new();
    private readonly Task reading;
    private (byte[] Bytes, int Length) piece = ([], 0);
    private int at;

    public AheadStream(Stream inner) => reading = Task.Run(() => FillAsync(inner, stop.Token));

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (at == piece.Length)
        {
            Return();
            if (!await pieces.Reader.WaitToReadAsync(cancellationToken)) return 0;
            if (pieces.Reader.TryRead(out piece)) at = 0;
        }
        var length = Math.Min(buffer.Length, piece.Length - at);
        piece.Bytes.AsSpan(at, length).CopyTo(buffer.Span);
        at += length;
        return length;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Waits until the other thread has left the stream alone.</summary>
    public Task EndAsync() => reading;

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await reading;
        Return();
        while (pieces.Reader.TryRead(out piece)) Return();
        stop.Dispose();
        await base.DisposeAsync();
    }

    private void Return()
    {
        if (piece.Bytes.Length > 0) ArrayPool<byte>.Shared.Return(piece.Bytes);
        (piece, at) = (([], 0), 0);
    }

    private async Task FillAsync(Stream inner, CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                var bytes = ArrayPool<byte>.Shared.Rent(PieceBytes);
                var length = await inner.ReadAsync(bytes, cancel);
                if (length == 0)
                {
                    ArrayPool<byte>.Shared.Return(bytes);
                    break;
                }
                await pieces.Writer.WriteAsync((bytes, length), cancel);
            }
            pieces.Writer.Complete();
        }
        catch (Exception error)
        {
            pieces.Writer.Complete(error);
        }
    }
}
