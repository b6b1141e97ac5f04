using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Tributary.Core.Ingest;

/// <summary>Lets a source read and parse its next batch while the one before is being copied.</summary>
internal static class ReadAhead
{
    /// <summary>
    /// The same batches from another thread, at most one of them waiting. When the caller stops early, the source is
    /// cancelled and what was read ahead is disposed.
    /// </summary>
    public static async IAsyncEnumerable<RecordBatch> OneBatchAsync(
        Func<CancellationToken, IAsyncEnumerable<RecordBatch>> read, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var channel = Channel.CreateBounded<RecordBatch>(new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true });
        var reading = Task.Run(() => FillAsync(read(stop.Token), channel.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var batch in channel.Reader.ReadAllAsync(cancel)) yield return batch;
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
            while (channel.Reader.TryRead(out var left)) left.Dispose();
        }
    }

    private static async Task FillAsync(IAsyncEnumerable<RecordBatch> batches, ChannelWriter<RecordBatch> writer, CancellationToken stop)
    {
        RecordBatch? held = null;
        try
        {
            await foreach (var batch in batches.WithCancellation(stop))
            {
                held = batch;
                await writer.WriteAsync(batch, stop);
                held = null;
            }
            writer.Complete();
        }
        catch (Exception error)
        {
            held?.Dispose();
            writer.Complete(error);
        }
    }
}
