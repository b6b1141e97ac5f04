using System.Collections.Concurrent;
using System.Security.Cryptography;
using Amazon.S3.Model;

namespace Tributary.Connectors.Buckets;

/// <summary>
/// Cuts what is written into parts and sends each as soon as it is full, two at a time, while the next one fills: three parts of memory,
/// however long the file. Knows the number of all bytes and their SHA-256.
/// </summary>
internal sealed class S3Parts(int partSize, Func<int, ArraySegment<byte>, CancellationToken, Task<PartETag>> send) : Stream
{
    /// <summary>S3's own limit.</summary>
    private const int MostParts = 10_000;

    private const int AtOnce = 2;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Queue<Task<PartETag>> sending = new();
    private readonly List<PartETag> sent = [];
    private readonly CancellationTokenSource stop = new();

    /// <summary>Parts to be filled again. A shared pool would keep some for every thread that ever gave one back.</summary>
    private readonly ConcurrentBag<byte[]> free = [];
    private byte[]? part;
    private int filled;
    private int number;
    private bool isDisposed;

    public long Bytes { get; private set; }

    /// <summary>The SHA-256 of all bytes so far, as 64 lower-case hex digits.</summary>
    public string Sha256 => Convert.ToHexStringLower(hash.GetCurrentHash());

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            // A part is sent when more follows, so that a file of exactly one part needs no upload in parts.
            if (filled == partSize) await SendAsync(cancellationToken);
            part ??= free.TryTake(out var used) ? used : GC.AllocateUninitializedArray<byte>(partSize);
            var taken = Math.Min(buffer.Length, partSize - filled);
            buffer.Span[..taken].CopyTo(part.AsSpan(filled));
            hash.AppendData(part.AsSpan(filled, taken));
            filled += taken;
            Bytes += taken;
            buffer = buffer[taken..];
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => WriteAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Sends the last part and waits for all; the parts in order.</summary>
    public async Task<List<PartETag>> FinishAsync(CancellationToken cancel)
    {
        if (filled > 0) await SendAsync(cancel);
        while (sending.Count > 0) await AwaitOneAsync();
        return sent;
    }

    /// <summary>The content of a file that never became an upload in parts.</summary>
    public ArraySegment<byte> Rest => new(part ?? [], 0, filled);

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Stops what is being sent and waits until nothing reads the parts any more.</summary>
    public override async ValueTask DisposeAsync()
    {
        if (isDisposed) return;
        isDisposed = true;
        await stop.CancelAsync();
        while (sending.TryDequeue(out var one)) await one.ContinueWith(_ => { }, TaskScheduler.Default);
        hash.Dispose();
        stop.Dispose();
        await base.DisposeAsync();
    }

    private async Task SendAsync(CancellationToken cancel)
    {
        if (number == MostParts) throw new IOException($"the file is longer than {MostParts} parts of {partSize} bytes. Raise `part_size` of the destination");
        // The first part opens the upload that the others name.
        while (sending.Count >= (sent.Count == 0 ? 1 : AtOnce)) await AwaitOneAsync();
        cancel.ThrowIfCancellationRequested();
        var full = new ArraySegment<byte>(part!, 0, filled); // filled, so there is one
        (part, filled) = (null, 0);
        sending.Enqueue(SendAsync(++number, full));
    }

    private async Task<PartETag> SendAsync(int partNumber, ArraySegment<byte> full)
    {
        try
        {
            return await send(partNumber, full, stop.Token);
        }
        finally
        {
            free.Add(full.Array!); // made from an array
        }
    }

    private async Task AwaitOneAsync() => sent.Add(await sending.Dequeue());
}
