namespace Tributary.Connectors.Http;

/// <summary>A body that is read; a silence longer than the limit ends it like a lost connection.</summary>
internal sealed class IdleStream(Stream content, TimeSpan limit) : Stream
{
    private readonly CancellationTokenSource silence = new();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        silence.CancelAfter(limit);
        await using var interrupt = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), silence); // the state is what was given
        try
        {
            return await content.ReadAsync(buffer, silence.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"nothing came for {limit.TotalSeconds:0} seconds");
        }
        finally
        {
            silence.CancelAfter(System.Threading.Timeout.InfiniteTimeSpan);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
            silence.Dispose();
        }
        base.Dispose(disposing);
    }
}
