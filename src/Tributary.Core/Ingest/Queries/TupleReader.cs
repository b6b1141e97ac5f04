using System.Buffers;
using System.Buffers.Binary;
using Tributary.Core.Ingest.Datasets;

namespace Tributary.Core.Ingest.Queries;

/// <summary>
/// Cuts what <c>COPY … TO STDOUT (FORMAT binary)</c> writes into pieces of whole rows, and counts and hashes them without looking into a value.
/// Source: PostgreSQL documentation, COPY, "Binary Format".
/// </summary>
internal sealed class TupleReader(Stream source, long maxRowBytes)
{
    private const int PieceBytes = 256 * 1024;
    private const int HeaderBytes = 19;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
    private int used;
    private int first;
    private bool isBegun;
    private bool isEnded;

    /// <summary>The next rows; null behind the last. Throws <see cref="InvalidDataException"/> for a row that is too large, <see cref="EndOfStreamException"/> when the end is missing.</summary>
    public async ValueTask<TuplePiece?> ReadAsync(CancellationToken cancel)
    {
        while (!isEnded)
        {
            await FillAsync(cancel);
            if (!isBegun) Begin();
            var start = first;
            first = 0;
            var (end, rows, sum) = Walk(start);
            if (rows == 0 && !isEnded)
            {
                first = start;
                Grow();
                continue;
            }
            var full = buffer;
            buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
            if (isEnded) used = 0;
            else Keep(full, end);
            return new TuplePiece(full, start, end - start, rows, sum);
        }
        return null;
    }

    private async ValueTask FillAsync(CancellationToken cancel)
    {
        while (used < buffer.Length)
        {
            var read = await source.ReadAsync(buffer.AsMemory(used), cancel);
            if (read == 0) break;
            used += read;
        }
    }

    private void Begin()
    {
        if (used < HeaderBytes) throw new EndOfStreamException("The rows of the query break off.");
        isBegun = true;
        first = HeaderBytes + BinaryPrimitives.ReadInt32BigEndian(buffer.AsSpan(15)); // behind the header's extension
    }

    private (int End, long Rows, UInt128 Sum) Walk(int at)
    {
        var bytes = buffer.AsSpan(0, used);
        var (rows, sum) = (0L, UInt128.Zero);
        while (true)
        {
            if (at + 2 > used) break;
            var fields = BinaryPrimitives.ReadInt16BigEndian(bytes[at..]);
            if (fields < 0)
            {
                isEnded = true;
                break;
            }
            var end = at + 2L;
            for (var i = 0; i < fields && end <= used; i++)
            {
                if (end + 4 > used) end = long.MaxValue;
                else end += 4 + Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(bytes[(int)end..]));
            }
            if (end > used) break;
            sum += RowHash.Of(bytes[at..(int)end]);
            rows++;
            at = (int)end;
        }
        if (!isEnded && used < buffer.Length) throw new EndOfStreamException("The rows of the query break off.");
        return (at, rows, sum);
    }

    private void Keep(byte[] full, int from)
    {
        full.AsSpan(from, used - from).CopyTo(buffer);
        used -= from;
    }

    // One row fills the buffer: as large as the source says a row may be, and no larger.
    private void Grow()
    {
        if (buffer.Length > maxRowBytes) throw new InvalidDataException($"A row has more than {maxRowBytes} bytes.");
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, used).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
