using System.Buffers;
using System.Security.Cryptography;

namespace Tributary.Core.Ingest.Formats;

/// <summary>
/// Splits bytes into lines and hashes what it passed, so that a reader who comes back knows whether the part
/// before its offset is still the same. Holds one line at most; of a line over the limit only the first part.
/// </summary>
public sealed class LineReader : IDisposable
{
    private const int FirstBuffer = 256 * 1024;

    private readonly Stream content;
    private readonly int maxLineBytes;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
    private int hashed;
    private int start;
    private int scanned;
    private int end;
    private bool atEnd;
    private byte[]? head;
    private long dropped;

    public LineReader(Stream content, int maxLineBytes)
    {
        this.content = content;
        this.maxLineBytes = maxLineBytes;
    }

    /// <summary>Bytes passed so far: the offset of the next line.</summary>
    public long Offset { get; private set; }

    /// <summary>Lines passed so far.</summary>
    public long Lines { get; private set; }

    /// <summary>SHA-256 of the first <see cref="Offset"/> bytes.</summary>
    public byte[] HashSoFar()
    {
        HashPassed();
        return hash.GetCurrentHash();
    }

    /// <summary>Passes bytes without looking at lines; false when the content ends before.</summary>
    public async Task<bool> SkipAsync(long bytes, long lines, CancellationToken cancel)
    {
        while (bytes > Offset)
        {
            if (start == end && !await FillAsync(cancel)) return false;
            Pass((int)Math.Min(end - start, bytes - Offset));
            scanned = start;
        }
        Lines = lines;
        return true;
    }

    /// <summary>The next line when one is at hand; false asks for <see cref="FillAsync"/>.</summary>
    public bool TryRead(out Line line)
    {
        var found = buffer.AsSpan(scanned, end - scanned).IndexOf((byte)'\n');
        if (found >= 0) return Take(scanned + found - start, 1, out line);
        scanned = end;
        if (atEnd && (end > start || dropped > 0)) return Take(end - start, 0, out line);
        if (end - start > Math.Max(maxLineBytes, Reject.MaxBytes)) Drop();
        line = default;
        return false;
    }

    /// <summary>Reads more; false at the end of the content, when a last <see cref="TryRead"/> gives an unfinished line.</summary>
    public async ValueTask<bool> FillAsync(CancellationToken cancel)
    {
        if (atEnd) return false;
        MakeRoom();
        var read = await content.ReadAsync(buffer.AsMemory(end), cancel);
        end += read;
        atEnd = read == 0;
        return !atEnd || end > start || dropped > 0;
    }

    public void Dispose()
    {
        hash.Dispose();
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private bool Take(int length, int lineBreak, out Line line)
    {
        var total = dropped + length;
        line = new Line(head ?? buffer.AsMemory(start, length), Lines + 1, Offset - dropped, total, total > maxLineBytes);
        Pass(length + lineBreak);
        scanned = start;
        Lines++;
        head = null;
        dropped = 0;
        return true;
    }

    // The line is over the limit already: keep its first part for the reject and forget the rest as it comes.
    private void Drop()
    {
        head ??= buffer.AsSpan(start, Math.Min(end - start, Reject.MaxBytes)).ToArray();
        dropped += end - start;
        Pass(end - start);
    }

    private void Pass(int bytes)
    {
        start += bytes;
        Offset += bytes;
    }

    private void HashPassed()
    {
        hash.AppendData(buffer, hashed, start - hashed);
        hashed = start;
    }

    private void MakeRoom()
    {
        HashPassed();
        var kept = end - start;
        var target = buffer;
        if (kept > buffer.Length / 2) target = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(start, kept).CopyTo(target);
        if (target != buffer) ArrayPool<byte>.Shared.Return(buffer);
        buffer = target;
        (scanned, start, hashed, end) = (scanned - start, 0, 0, kept);
    }
}
