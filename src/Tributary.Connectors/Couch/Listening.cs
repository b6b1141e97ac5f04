using System.Diagnostics;
using System.Runtime.CompilerServices;
using Tributary.Core.Ingest;
using Tributary.Core.Text;

namespace Tributary.Connectors.Couch;

/// <summary>
/// Follows a database by the best feed that its server has: continuous, else longpoll, else by asking at intervals. A feed that is refused, or ends at once
/// and empty again and again, is not one.
/// </summary>
internal sealed class Listening(CouchDb source, ChangesReading reading)
{
    private const int EmptyEnds = 3;
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(500);

    private CouchFeed feed = source.Feed == CouchFeed.Auto ? CouchFeed.Continuous : source.Feed;
    private int emptyEnds;

    /// <summary>Never ends by itself.</summary>
    public async IAsyncEnumerable<RecordBatch> RunAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var batch in reading.ReadAsync(cancel)) yield return batch;
        while (true)
        {
            if (feed == CouchFeed.Poll)
            {
                await Task.Delay(source.Poll, cancel);
                await foreach (var batch in reading.ReadAsync(cancel)) yield return batch;
                continue;
            }
            var (rows, watch) = (reading.Rows, Stopwatch.StartNew());
            await using var batches = reading.ListenAsync(feed == CouchFeed.Continuous ? "continuous" : "longpoll", cancel).GetAsyncEnumerator(cancel);
            while (await IsOpenAsync(batches)) yield return batches.Current;
            if (reading.Rows == rows && watch.Elapsed < AtOnce) CountEmptyEnd();
            else emptyEnds = 0;
        }
    }

    private async Task<bool> IsOpenAsync(IAsyncEnumerator<RecordBatch> batches)
    {
        try
        {
            return await batches.MoveNextAsync();
        }
        catch (UserErrorException) when (source.Feed == CouchFeed.Auto)
        {
            // What is wrong with the database itself, the next page says.
            FallBack();
            return false;
        }
    }

    private void CountEmptyEnd()
    {
        if (source.Feed == CouchFeed.Auto && ++emptyEnds >= EmptyEnds) FallBack();
    }

    private void FallBack()
    {
        feed = feed == CouchFeed.Continuous ? CouchFeed.Longpoll : CouchFeed.Poll;
        emptyEnds = 0;
    }
}
