using System.Threading.Channels;
using Tributary.Core.Postgres;

namespace Tributary.Core.Ingest.Queries;

/// <summary>Where the rows of queries go: one COPY into a table. Counts them, and sums up their hashes, which no order changes.</summary>
public sealed class QueryRows
{
    /// <summary>Pieces that may wait between reading and writing.</summary>
    private const int Ahead = 3;

    private readonly BinaryCopy copy;
    private readonly long maxRowBytes;
    private readonly Action<long, long> progress;

    internal QueryRows(BinaryCopy copy, long maxRowBytes, Action<long, long> progress)
    {
        this.copy = copy;
        this.maxRowBytes = maxRowBytes;
        this.progress = progress;
    }

    public long Rows { get; private set; }

    public long Bytes { get; private set; }

    internal UInt128 Sum { get; private set; }

    /// <summary>
    /// Passes on what a COPY in binary form gives, as it is, while more is read. <paramref name="explain"/> says what an error of reading means;
    /// errors of writing are the warehouse's and stay as they are.
    /// </summary>
    public async Task PassAsync(Stream tuples, Func<Exception, Exception> explain, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var pieces = Channel.CreateBounded<TuplePiece>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
        var reading = Task.Run(() => ReadAsync(tuples, pieces.Writer, explain, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var piece in pieces.Reader.ReadAllAsync(cancel))
            {
                await copy.PassAsync(piece.Bytes, piece.Rows, cancel);
                Rows += piece.Rows;
                Bytes += piece.Length;
                Sum += piece.Sum;
                piece.Return();
                progress(Rows, Bytes);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
        }
    }

    private async Task ReadAsync(Stream tuples, ChannelWriter<TuplePiece> pieces, Func<Exception, Exception> explain, CancellationToken cancel)
    {
        try
        {
            var reader = new TupleReader(tuples, maxRowBytes);
            while (await reader.ReadAsync(cancel) is { } piece) await pieces.WriteAsync(piece, cancel);
            pieces.Complete();
        }
        catch (OperationCanceledException error)
        {
            pieces.Complete(error);
        }
        catch (Exception error)
        {
            pieces.Complete(explain(error));
        }
    }
}
