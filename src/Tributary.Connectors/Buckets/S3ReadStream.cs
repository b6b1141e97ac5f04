using System.Net;
using Amazon.S3.Model;
using Tributary.Core.Text;

namespace Tributary.Connectors.Buckets;

/// <summary>
/// An object of S3 as a stream that can seek: one request runs from the position to the end, and a jump starts another. The ETag pins
/// the content: what was replaced meanwhile is refused, and never read half old and half new.
/// </summary>
internal sealed class S3ReadStream(Bucket bucket, S3Entry entry) : Stream
{
    /// <summary>A jump ahead that is cheaper to read than a new request.</summary>
    private const int ShortJump = 128 * 1024;

    private const int Attempts = 5;

    /// <summary>How long a server may be silent in the middle of an answer.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    private GetObjectResponse? answer;
    private long answerAt;
    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => entry.Bytes;

    public override long Position
    {
        get => position;
        set => position = value < 0 ? throw new IOException("A position before the beginning.") : value;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (position >= entry.Bytes || buffer.Length == 0) return 0;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                patience.CancelAfter(Silence);
                var content = await ContentAsync(patience.Token);
                var read = await content.ReadAsync(buffer, patience.Token);
                if (read == 0) throw new EndOfStreamException("The server ended the answer early.");
                position = answerAt += read;
                return read;
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested && error is HttpRequestException or OperationCanceledException or (IOException and not (S3RefusedException or FileNotFoundException)))
            {
                Leave();
                if (attempt == Attempts) throw new TransientException($"{bucket.Connection.Host} cut off '{entry.Key}' of bucket '{bucket.Name}' {Attempts} times.", error);
            }
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => position,
        _ => entry.Bytes,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) Leave();
        base.Dispose(disposing);
    }

    /// <summary>The running answer, brought to the position, or a new one.</summary>
    private async Task<Stream> ContentAsync(CancellationToken cancel)
    {
        if (answer is not null && position >= answerAt && position - answerAt <= ShortJump) await SkipAsync(answer.ResponseStream, cancel);
        else if (answer is null || position != answerAt)
        {
            Leave();
            answer = await OpenAsync(cancel);
            answerAt = position;
        }
        return answer.ResponseStream;
    }

    private async Task SkipAsync(Stream content, CancellationToken cancel)
    {
        var left = new byte[Math.Min(position - answerAt, 16 * 1024)];
        while (answerAt < position)
        {
            var read = await content.ReadAsync(left.AsMemory(0, (int)Math.Min(left.Length, position - answerAt)), cancel);
            if (read == 0) throw new EndOfStreamException("The server ended the answer early.");
            answerAt += read;
        }
    }

    private async Task<GetObjectResponse> OpenAsync(CancellationToken cancel)
    {
        var request = new GetObjectRequest { BucketName = bucket.Name, Key = entry.Key, EtagToMatch = entry.ETag, ByteRange = new ByteRange(position, entry.Bytes - 1) };
        try
        {
            return await bucket.CallAsync($"read '{entry.Key}' of bucket '{bucket.Name}' (s3:GetObject)", client => client.GetObjectAsync(request, cancel), cancel);
        }
        catch (S3RefusedException error) when (error.Status is HttpStatusCode.PreconditionFailed or HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            throw new S3RefusedException($"'{entry.Key}' of bucket '{bucket.Name}' was replaced while it was read", "Read it again.", error.Status, error);
        }
    }

    private void Leave()
    {
        answer?.Dispose();
        answer = null;
    }
}
