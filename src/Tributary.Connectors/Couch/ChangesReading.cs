using System.Text.Json;
using Tributary.Core.Ingest;
using Tributary.Core.Ingest.Formats;
using Tributary.Core.Text;

namespace Tributary.Connectors.Couch;

/// <summary>
/// Reads a database's changes into batches, page after page. The next page is asked for as soon as the last row of this one is known, before
/// its batch is handed out. A batch's position is the last sequence that the server gave: some give one a page only.
/// </summary>
internal sealed class ChangesReading : IAsyncDisposable
{
    private const int Attempts = 5;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(15);

    private readonly CouchClient client;
    private readonly CouchDb source;
    private readonly string database;
    private readonly DocumentIntake intake;
    private readonly PageSize size;
    private CouchPosition saved;
    private CouchPosition position;
    private RecordBatch batch;
    private Task<FeedAnswer>? next;
    private int asked;
    private TransientException? broken;
    private readonly System.Diagnostics.Stopwatch lookedAt = System.Diagnostics.Stopwatch.StartNew();

    private ChangesReading(CouchClient client, CouchDb source, string database, CouchPosition position)
    {
        (this.client, this.source, this.database, this.position) = (client, source, database, position);
        intake = new DocumentIntake(source, database, position.Rows);
        size = new PageSize(source.PageBytes.Bytes, source.PageRows);
        saved = position;
        batch = NewBatch();
    }

    /// <summary>Asks what the database is, and begins at the checkpoint or, when it was replaced and that is wanted, anew.</summary>
    public static async Task<ChangesReading> BeginAsync(CouchClient client, CouchDb source, SourceStream stream, Checkpoint checkpoint, CancellationToken cancel)
    {
        var saved = CouchPosition.Parse(checkpoint.Position);
        var (state, why) = await DatabaseState.AskSettledAsync(client, source, stream.Name, saved, cancel);
        var from = saved ?? CouchPosition.Start with { Purges = state.Purges };
        if (why is not null && source.WhenReplaced == WhenReplaced.Stop)
        {
            throw new UserErrorException(
                ErrorCodes.SourceReplaced, source.At, $"The database {stream.Name} at {source.Host} is not the one that was copied: {why}.",
                $"When that is meant: `tributary rewind {stream.Key}`, sync, and `tributary verify {stream.Key} --repair` for what is no longer there. Or write `when_replaced: copy_again`.");
        }
        if (why is not null) from = CouchPosition.Start with { Purges = state.Purges };
        var reading = new ChangesReading(client, source, stream.Name, state.Mark(from)) { saved = saved ?? CouchPosition.Start };
        if (why is not null) reading.batch.Remark = $"the database was replaced ({why}) and is copied again";
        if (saved is not null && why is null && state.Purges != saved.Purges) await reading.AddPurgedAsync(state.Purges, cancel);
        return reading;
    }

    /// <summary>Everything up to the end of the feed.</summary>
    public async IAsyncEnumerable<RecordBatch> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var failures = 0;
        for (var isMore = true; isMore;)
        {
            var before = position.Seq;
            var (page, failure) = await TryAsync(() => next ?? AskAsync(cancel));
            next = null;
            for (var isOpen = page is not null; isOpen && failure is null;)
            {
                while (Take(page!)) // set where it is open
                {
                    if (batch.IsFull) yield return Hand();
                }
                if (broken is not null) (failure, broken) = (broken, null);
                else (isOpen, failure) = await TryAsync(() => page!.FillAsync(cancel)); // as above
            }
            if (failure is null) failure = End(page!, out isMore); // as above
            page?.Dispose();
            failures = failure is null || position.Seq != before ? 0 : failures + 1;
            if (failure is not null) await WaitAsync(failure, failures, cancel);
            else if (isMore) next = AskAsync(cancel);
        }
        if (!batch.IsEmpty || batch.Remark is not null || position != saved) yield return Hand();
    }

    /// <summary>
    /// What comes over one answer of a feed that waits (<c>continuous</c> or <c>longpoll</c>), handed out as soon as nothing more is at hand. Ends
    /// quietly when the server ends the answer or falls silent; a cut throws.
    /// </summary>
    public async IAsyncEnumerable<RecordBatch> ListenAsync(string feed, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        asked = int.MaxValue;
        var path = $"{CouchDb.PathOf(database)}/_changes?feed={feed}&include_docs=true&heartbeat={(long)source.Heartbeat.TotalMilliseconds}&since={Uri.EscapeDataString(position.Seq)}{source.AttachmentOption}";
        using var page = await FeedAnswer.OpenAsync(client, source, path, $"changes of {database}", "\"results\""u8.ToArray(), cancel);
        for (var isOpen = true; isOpen;)
        {
            while (Take(page))
            {
                if (batch.IsFull) yield return Hand();
            }
            if (broken is not null) throw broken;
            if (!batch.IsEmpty)
            {
                position = position with { Pending = 0 };
                yield return Hand();
            }
            if (lookedAt.Elapsed > BetweenLooks && await LookAgainAsync(cancel)) yield return Hand();
            isOpen = await page.HearAsync(source.Heartbeat * 3, cancel);
        }
        if (page.Objects.IsFramed && End(page, out _) is { } failure) throw failure;
    }

    /// <summary>Rows since the copy began.</summary>
    public long Rows => intake.Rows;

    public async ValueTask DisposeAsync()
    {
        if (next is not null) await DropAsync(next);
        batch.Dispose();
    }

    // While a feed is open, nobody else notices that documents were purged or the database is another. True when something is to be handed out.
    private async Task<bool> LookAgainAsync(CancellationToken cancel)
    {
        lookedAt.Restart();
        var state = await DatabaseState.AskAsync(client, source, database, cancel);
        if (state.WhyReplaced(position) is not null) throw new TransientException($"The database {database} at {source.Host} is another one now.");
        if (state.Purges == position.Purges) return false;
        await AddPurgedAsync(state.Purges, cancel);
        return true;
    }

    private async Task<FeedAnswer> AskAsync(CancellationToken cancel)
    {
        asked = size.Rows;
        var path = $"{CouchDb.PathOf(database)}/_changes?include_docs=true&limit={asked}&seq_interval={asked}&since={Uri.EscapeDataString(position.Seq)}{source.AttachmentOption}";
        return await FeedAnswer.OpenAsync(client, source, path, $"changes of {database}", default, cancel);
    }

    // One row of what is at hand; false when more must be read.
    private bool Take(FeedAnswer page)
    {
        try
        {
            if (!page.Objects.TryRead(out var row)) return false;
            Take(row);
            return broken is null;
        }
        catch (JsonException)
        {
            throw CouchFailure.Refuse(source, $"{source.Host} answers with something that is no changes feed.", "Is there a CouchDB at `url:`?");
        }
    }

    private void Take(in Line row)
    {
        Change change;
        try
        {
            change = Change.Read(row.Bytes, isWhole: !row.IsOverSize);
        }
        catch (JsonException)
        {
            intake.Refuse(batch, row, "the change is not JSON");
            return;
        }
        if (change.IsError)
        {
            broken = new TransientException($"{source.Host} broke off the changes of {database} with an error.");
            return;
        }
        if (!change.IsEnd) intake.Add(batch, row, change);
        if (change.Sequence is { } sequence) position = position with { Seq = sequence, Rows = intake.Rows };
    }

    // What is wrong with the page that ended; after one that is not whole there is always more.
    private TransientException? End(FeedAnswer page, out bool isMore)
    {
        isMore = true;
        if (!page.Objects.IsComplete) return CouchFailure.Cut(source, $"the changes of {database}");
        var end = PageEnd.Read(page.Objects.Frame.Span);
        if (end.IsError) return new TransientException($"{source.Host} broke off the changes of {database} with an error.");
        var rows = page.Objects.Objects;
        if (rows > 0 && end.Sequence is { } sequence) position = position with { Seq = sequence, Rows = intake.Rows };
        position = position with { Pending = end.Pending ?? (rows < asked ? 0 : null) };
        size.Saw(rows, page.Objects.Bytes);
        isMore = rows > 0 && (end.Pending is { } pending ? pending > 0 : rows >= asked);
        return null;
    }

    private async Task AddPurgedAsync(string? purges, CancellationToken cancel)
    {
        foreach (var id in await Purged.FindAsync(client, database, cancel)) intake.AddGone(batch, id);
        position = position with { Purges = purges };
    }

    private RecordBatch Hand()
    {
        var full = batch;
        full.Position = position.ToJson();
        full.CurrentFile = database;
        saved = position;
        batch = NewBatch();
        return full;
    }

    private RecordBatch NewBatch() => new(source.Load.BatchBytes.Bytes);

    // Smaller pages, a while later; what was read of this one comes again and changes nothing.
    private async Task WaitAsync(Exception failure, int failures, CancellationToken cancel)
    {
        if (failure is not TransientException || failures >= Attempts) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        size.Shrink();
        await Task.Delay(TimeSpan.FromMilliseconds(20 << failures), cancel);
    }

    private static async Task<(T? Value, Exception? Failure)> TryAsync<T>(Func<Task<T>> run)
    {
        try
        {
            return (await run(), null);
        }
        catch (Exception error) when (error is TransientException or UserErrorException)
        {
            return (default, error);
        }
    }

    private static async Task DropAsync(Task<FeedAnswer> unread)
    {
        var (answer, _) = await TryAsync(() => unread);
        answer?.Dispose();
    }
}
