using System.Buffers;
using System.Text.Json;

namespace Tributary.Core.Ingest.Formats;

/// <summary>
/// Cuts a JSON text that streams by into its objects without parsing them: those of the one array that the root object holds
/// (<c>{"rows":[…]}</c>), or the objects of a sequence. Holds one object at most, of one over the limit only the first part,
/// however long a single string in it is.
/// </summary>
public sealed class JsonObjectReader(Stream content, int maxObjectBytes, ReadOnlyMemory<byte> rootKey) : IDisposable
{
    private const int MaxFrameBytes = 256 * 1024;
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> EndOfText = SearchValues.Create("\"\\"u8);

    private readonly ArrayBufferWriter<byte> frame = new();
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(256 * 1024);
    private int scanned;
    private int end;
    private int depth;
    private int itemDepth = -1;
    private bool inText;
    private bool escaped;
    private int start = -1;
    private byte[]? head;
    private long dropped;
    private long passed;

    /// <summary>Objects given so far.</summary>
    public long Objects { get; private set; }

    /// <summary>Bytes read so far.</summary>
    public long Bytes => passed + end;

    /// <summary>True when what was read is whole: nothing is open.</summary>
    public bool IsComplete => depth == 0 && !inText && start < 0 && itemDepth >= 0;

    /// <summary>True when the objects stand in an array of one root object; known once the first bytes were read.</summary>
    public bool IsFramed => itemDepth == 2;

    /// <summary>The root object without what the array holds; empty for a sequence.</summary>
    public ReadOnlyMemory<byte> Frame => frame.WrittenMemory;

    /// <summary>The next object when it is at hand, valid until the next call; false asks for <see cref="FillAsync"/>.</summary>
    public bool TryRead(out Line item)
    {
        item = default;
        if (itemDepth < 0 && !FindForm()) return false;
        while (scanned < end)
        {
            if (!(inText ? PassText() : PassStructure(ref item))) continue;
            return true;
        }
        if (start >= 0 && end - start > Math.Max(maxObjectBytes, Reject.MaxBytes)) Drop();
        return false;
    }

    /// <summary>Reads more; false at the end of the content.</summary>
    public async ValueTask<bool> FillAsync(CancellationToken cancel)
    {
        MakeRoom();
        var count = await content.ReadAsync(buffer.AsMemory(end), cancel);
        end += count;
        return count > 0;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    // The root's first key tells a frame from the first object of a sequence. An empty key: always a frame.
    private bool FindForm()
    {
        while (scanned < end && buffer[scanned] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') scanned++;
        var rest = buffer.AsSpan(scanned, end - scanned);
        if (rest.IsEmpty) return false;
        if (rest[0] != '{') throw new JsonException("The answer does not begin with an object.");
        if (rootKey.IsEmpty)
        {
            itemDepth = 2;
            return true;
        }
        var key = rest[1..].TrimStart(" \t\r\n"u8);
        if (key.Length < rootKey.Length && rootKey.Span.StartsWith(key)) return false;
        itemDepth = key.StartsWith(rootKey.Span) ? 2 : 0;
        return true;
    }

    private bool PassText()
    {
        var found = escaped ? 0 : buffer.AsSpan(scanned, end - scanned).IndexOfAny(EndOfText);
        var to = found < 0 ? end : scanned + found + 1;
        if (escaped) escaped = false;
        else if (found >= 0 && buffer[to - 1] == '\\') escaped = true;
        else if (found >= 0) inText = false;
        Keep(scanned, to);
        scanned = to;
        return false;
    }

    private bool PassStructure(ref Line item)
    {
        var found = buffer.AsSpan(scanned, end - scanned).IndexOfAny(Structure);
        var to = found < 0 ? end : scanned + found + 1;
        if (found < 0)
        {
            Keep(scanned, to);
            scanned = to;
            return false;
        }
        switch (buffer[to - 1])
        {
            case (byte)'"':
                Keep(scanned, to);
                inText = true;
                break;
            case (byte)'{' or (byte)'[':
                if (start < 0 && depth == itemDepth && buffer[to - 1] == '{') start = to - 1;
                else Keep(scanned, to);
                depth++;
                break;
            default:
                var kept = depth <= 1 ? scanned : to - 1;
                if (--depth < 0) throw new JsonException("The answer closes more than it opened.");
                if (start >= 0 && depth == itemDepth)
                {
                    scanned = to;
                    item = Take();
                    return true;
                }
                Keep(kept, to);
                break;
        }
        scanned = to;
        return false;
    }

    // What stands around the objects belongs to the frame; between them there are only commas.
    private void Keep(int from, int to)
    {
        if (itemDepth != 2 || start >= 0 || depth > 1) return;
        if (frame.WrittenCount + to - from > MaxFrameBytes) throw new JsonException("The answer around its rows is too long.");
        frame.Write(buffer.AsSpan(from, to - from));
    }

    private Line Take()
    {
        var length = dropped + scanned - start;
        var bytes = head ?? buffer.AsMemory(start, scanned - start);
        var item = new Line(bytes, ++Objects, passed + start - dropped, length, length > maxObjectBytes);
        (start, head, dropped) = (-1, null, 0);
        return item;
    }

    private void Drop()
    {
        head ??= buffer.AsSpan(start, Math.Min(Reject.MaxBytes, end - start)).ToArray();
        dropped += scanned - start;
        start = scanned;
    }

    private void MakeRoom()
    {
        var from = start >= 0 ? start : scanned;
        var kept = end - from;
        var target = kept > buffer.Length / 2 ? ArrayPool<byte>.Shared.Rent(buffer.Length * 2) : buffer;
        buffer.AsSpan(from, kept).CopyTo(target);
        if (target != buffer) ArrayPool<byte>.Shared.Return(buffer);
        buffer = target;
        passed += from;
        (scanned, end) = (scanned - from, kept);
        if (start >= 0) start = 0;
    }
}
