using Npgsql;

namespace Tributary.Core.Postgres;

/// <summary>
/// Reads what <c>COPY … TO STDOUT</c> writes, as bytes and without copying it through strings. A cancelled
/// read, and disposing before the end, end the statement on the server (Npgsql alone would read all the rest).
/// </summary>
public sealed class CopyOut : Stream
{
    private readonly NpgsqlRawCopyStream rows;
    private bool isAtEnd;

    private CopyOut(NpgsqlRawCopyStream rows) => this.rows = rows;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary><paramref name="copy"/> is the whole COPY statement. The connection is busy until the stream is disposed.</summary>
    public static async Task<CopyOut> OpenAsync(NpgsqlConnection connection, string copy, CancellationToken cancel)
    {
        var reader = await connection.BeginTextExportAsync(copy, cancel);
        // Npgsql's reader is a StreamReader over the raw copy stream, and nothing has been read from it yet.
        return new CopyOut((NpgsqlRawCopyStream)((StreamReader)reader).BaseStream);
    }

    /// <summary>As <see cref="OpenAsync"/>, for a statement that ends in <c>(format binary)</c>.</summary>
    public static async Task<CopyOut> OpenBinaryAsync(NpgsqlConnection connection, string copy, CancellationToken cancel) =>
        new(await connection.BeginRawBinaryCopyAsync(copy, cancel));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await using var registration = cancellationToken.Register(rows.Cancel);
        try
        {
            // Npgsql gives a row at a time. All that it has at hand is taken at once: watching for an interrupt costs more than a row (bench sql).
            var (taken, isAtHand) = (0, true);
            while (isAtHand && taken < buffer.Length)
            {
                var reading = rows.ReadAsync(buffer[taken..], CancellationToken.None);
                isAtHand = reading.IsCompleted;
                var read = await reading;
                isAtEnd |= read == 0;
                isAtHand &= read > 0;
                taken += read;
            }
            return taken;
        }
        catch (PostgresException error)
        {
            isAtEnd = true;
            if (error.SqlState == PostgresErrorCodes.QueryCanceled) cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("It is read asynchronously.");

    public override async ValueTask DisposeAsync()
    {
        if (!isAtEnd) await EndAsync();
        await rows.DisposeAsync();
        await base.DisposeAsync();
    }

    private async Task EndAsync()
    {
        isAtEnd = true;
        await rows.CancelAsync();
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
