using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Npgsql;
using Tributary.Core.Text;

namespace Tributary.Core.Postgres;

/// <summary>
/// Writes rows into a table with binary COPY, straight from UTF-8: nothing becomes a string on the way. A row is
/// <see cref="StartRow"/> and one value a column; then <c>if (copy.IsFull) await copy.FlushAsync(cancel);</c>.
/// Disposed before <see cref="CompleteAsync"/>, it takes the COPY back (the transaction is aborted then).
/// Source: PostgreSQL documentation, COPY, "Binary Format".
/// </summary>
public sealed class BinaryCopy : IAsyncDisposable
{
    /// <summary>At this many bytes the buffer wants to go; a single row may be larger.</summary>
    public const int FlushBytes = 256 * 1024;

    /// <summary>Signature, flags (none) and the length of the header's extension (none).</summary>
    private static ReadOnlySpan<byte> Header =>
        [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xff, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private static readonly DateTimeOffset Epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly NpgsqlRawCopyStream? stream;
    private readonly short columns;
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(FlushBytes + 64 * 1024);
    private int used;
    private int row;
    private bool ended;

    private BinaryCopy(NpgsqlRawCopyStream? stream, int columns)
    {
        this.stream = stream;
        this.columns = checked((short)columns);
        Header.CopyTo(Take(Header.Length));
    }

    /// <summary>Rows started so far.</summary>
    public long Rows { get; private set; }

    /// <summary>True when <see cref="FlushAsync"/> is due.</summary>
    public bool IsFull => used >= FlushBytes;

    /// <summary>
    /// Begins a COPY into these columns; the connection is busy until the end. <paramref name="frozen"/> rows need no vacuum later and are
    /// cheaper to read; only for a table that this very transaction made.
    /// </summary>
    public static async Task<BinaryCopy> BeginAsync(
        NpgsqlConnection connection, Relation table, IReadOnlyList<string> columns, CancellationToken cancel, bool frozen = false)
    {
        var names = string.Join(", ", columns.Select(Identifier.Quote));
        var options = frozen ? "format binary, freeze" : "format binary";
        var stream = await connection.BeginRawBinaryCopyAsync($"copy {table.Sql} ({names}) from stdin ({options})", cancel);
        return new BinaryCopy(stream, columns.Count);
    }

    /// <summary>Takes values and sends them nowhere, for whoever only asks whether they can be written.</summary>
    internal static BinaryCopy Nowhere() => new(null, 1);

    public void StartRow()
    {
        row = used;
        BinaryPrimitives.WriteInt16BigEndian(Take(2), columns);
        Rows++;
    }

    /// <summary>Takes back the row that was started last; not after a flush.</summary>
    public void TakeBackRow()
    {
        used = row;
        Rows--;
    }

    /// <summary>Bytes in the buffer: a place to which <see cref="Since"/> refers until the next flush.</summary>
    public int Mark => used;

    /// <summary>What was written behind a mark: each value as its length (4 bytes) and its bytes, NULL as the length −1.</summary>
    public ReadOnlySpan<byte> Since(int mark) => buffer.AsSpan(mark, used - mark);

    /// <summary>Room for a value of so many bytes, in the type's binary form.</summary>
    public Span<byte> Value(int length) => Field(length);

    public void Null() => BinaryPrimitives.WriteInt32BigEndian(Take(4), -1);

    /// <summary>text, varchar; the bytes must be UTF-8 without NUL.</summary>
    public void Text(ReadOnlySpan<byte> utf8) => utf8.CopyTo(Field(utf8.Length));

    /// <summary>text from a string; null is NULL.</summary>
    public void Text(string? text)
    {
        if (text is null) Null();
        else Encoding.UTF8.GetBytes(text, Field(Encoding.UTF8.GetByteCount(text)));
    }

    /// <summary>jsonb: its binary form is a version byte (1) and the text, which the server parses.</summary>
    public void Jsonb(ReadOnlySpan<byte> utf8)
    {
        var field = Field(utf8.Length + 1);
        field[0] = 1;
        utf8.CopyTo(field[1..]);
    }

    public void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Field(bytes.Length));

    public void Bigint(long value) => BinaryPrimitives.WriteInt64BigEndian(Field(8), value);

    public void Integer(int value) => BinaryPrimitives.WriteInt32BigEndian(Field(4), value);

    public void Smallint(short value) => BinaryPrimitives.WriteInt16BigEndian(Field(2), value);

    public void Double(double value) => BinaryPrimitives.WriteDoubleBigEndian(Field(8), value);

    public void Boolean(bool value) => Field(1)[0] = value ? (byte)1 : (byte)0;

    /// <summary>timestamptz: microseconds since 2000-01-01 UTC; null is NULL.</summary>
    public void Timestamp(DateTimeOffset? instant)
    {
        if (instant is not { } at) Null();
        else Bigint((at - Epoch).Ticks / TimeSpan.TicksPerMicrosecond);
    }

    /// <summary>Sends whole rows that are in the binary form already.</summary>
    public async ValueTask PassAsync(ReadOnlyMemory<byte> tuples, long rows, CancellationToken cancel)
    {
        await FlushAsync(cancel);
        if (stream is not null) await stream.WriteAsync(tuples, cancel);
        Rows += rows;
    }

    /// <summary>Sends what is buffered to the server.</summary>
    public async ValueTask FlushAsync(CancellationToken cancel)
    {
        if (stream is not null) await stream.WriteAsync(buffer.AsMemory(0, used), cancel);
        used = 0;
    }

    /// <summary>Ends the COPY and returns the number of rows; throws what the server found wrong with them.</summary>
    public async Task<long> CompleteAsync(CancellationToken cancel)
    {
        BinaryPrimitives.WriteInt16BigEndian(Take(2), -1);
        await FlushAsync(cancel);
        ended = true;
        if (stream is not null) await stream.DisposeAsync();
        return Rows;
    }

    private Span<byte> Field(int length)
    {
        var place = Take(length + 4);
        BinaryPrimitives.WriteInt32BigEndian(place, length);
        return place[4..];
    }

    private Span<byte> Take(int length)
    {
        if (buffer.Length - used < length) Grow(length);
        var place = buffer.AsSpan(used, length);
        used += length;
        return place;
    }

    private void Grow(int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(used + length), buffer.Length * 2));
        buffer.AsSpan(0, used).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }

    public async ValueTask DisposeAsync()
    {
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
        if (ended || stream is null) return;
        ended = true;
        await stream.CancelAsync();
        await stream.DisposeAsync();
    }
}
