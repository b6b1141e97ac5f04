using System.Buffers;
using System.Security.Cryptography;
using System.Threading.Channels;
using Npgsql;
using Tributary.Core.Postgres;

namespace Tributary.Core.Exports;

/// <summary>
/// The rows of one COPY statement as CSV in pieces, with their number, size and hash. Reads, converts and hashes ahead while
/// the caller compresses what it has: bench/Tributary.Bench <c>export</c> shows what that gains. Few pieces, so memory stays small.
/// </summary>
internal sealed class CsvSource(CsvLineEnd lineEnd, Action<long, long> progress) : IDisposable
{
    private const int PieceBytes = 128 * 1024;
    private const int Ahead = 4;

    private readonly CsvRows rows = new(lineEnd);
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Rows without the header.</summary>
    public long Rows => rows.Ends - 1;

    public long Bytes { get; private set; }

    public string Sha256 => Convert.ToHexStringLower(hash.GetCurrentHash());

    /// <summary>Writes everything to <paramref name="target"/>. When either side fails, the other is stopped and the first error is thrown.</summary>
    public async Task CopyToAsync(Stream target, NpgsqlConnection connection, string copy, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var pieces = Channel.CreateBounded<ArraySegment<byte>>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
        var reading = Task.Run(() => ReadAsync(connection, copy, pieces.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var piece in pieces.Reader.ReadAllAsync(cancel))
            {
                await target.WriteAsync(piece, cancel);
                ArrayPool<byte>.Shared.Return(piece.Array!); // a piece is made from an array
            }
        }
        catch
        {
            await stop.CancelAsync();
            await reading.ContinueWith(_ => { }, TaskScheduler.Default);
            throw;
        }
        await reading;
    }

    public void Dispose() => hash.Dispose();

    private async Task ReadAsync(NpgsqlConnection connection, string copy, ChannelWriter<ArraySegment<byte>> pieces, CancellationToken cancel)
    {
        try
        {
            var input = new byte[PieceBytes];
            await using var source = await CopyOut.OpenAsync(connection, copy, cancel);
            while (await source.ReadAtLeastAsync(input, PieceBytes, throwOnEndOfStream: false, cancel) is > 0 and var read)
            {
                var output = ArrayPool<byte>.Shared.Rent(read * 2);
                var piece = new ArraySegment<byte>(output, 0, rows.Pass(input.AsSpan(0, read), output));
                hash.AppendData(piece);
                Bytes += piece.Count;
                await pieces.WriteAsync(piece, cancel);
                progress(Rows, Bytes);
            }
            pieces.Complete();
        }
        catch (Exception error)
        {
            pieces.Complete(error);
        }
    }
}
