using Tributary.Connectors;
using Tributary.Core.Ingest;
using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Tests.Live.Ingest;

/// <summary>What the seam <see cref="DocumentSource"/> promises, for every kind in the catalogue.</summary>
public sealed class SourceConformanceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds => [.. new KindCatalog(typeof(BulkFiles).Assembly).Below(typeof(DocumentSource)).Keys];

    [Theory, MemberData(nameof(Kinds))]
    public async Task The_same_records_come_in_the_same_order_every_time(string kind)
    {
        using var subject = SourceSubject.Of(kind);
        subject.Put(0, 100);
        subject.Put(100, 57, withBad: true);

        var first = await ReadAsync(subject.Stream, Checkpoint.Start);

        Assert.Equal(157, first.Sum(batch => batch.Records.Count));
        Assert.Equal(1, first.Sum(batch => batch.Rejects));
        Assert.Equal(first.Select(batch => batch.Text), (await ReadAsync(subject.Stream, Checkpoint.Start)).Select(batch => batch.Text));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Batches_are_bounded_by_bytes(string kind)
    {
        using var subject = SourceSubject.Of(kind);
        subject.Put(0, 200);

        var batches = await ReadAsync(subject.Stream, Checkpoint.Start);

        Assert.All(batches, batch => Assert.True(batch.Bytes < SourceSubject.BatchBytes + 200));
        Assert.True(batches.Count > 5);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task From_the_position_after_any_batch_exactly_the_rest_follows(string kind)
    {
        using var subject = SourceSubject.Of(kind);
        subject.Put(0, 60);
        subject.Put(60, 60, withBad: true);
        var all = await ReadAsync(subject.Stream, Checkpoint.Start);
        var checkpoint = Checkpoint.Start;
        for (var i = 0; i < all.Count; i++)
        {
            checkpoint = all[i].After(checkpoint);

            var rest = await ReadAsync(subject.Stream, checkpoint);

            Assert.Equal(all.Skip(i + 1).SelectMany(batch => batch.Records), rest.SelectMany(batch => batch.Records));
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_look_says_whether_there_is_news(string kind)
    {
        using var subject = SourceSubject.Of(kind);
        subject.Put(0, 40);
        Assert.NotNull(await SourceSubject.SourceOf(subject.Stream).LookAsync(subject.Stream, Checkpoint.Start, Cancel));
        var checkpoint = Checkpoint.Start;
        foreach (var batch in await ReadAsync(subject.Stream, checkpoint)) checkpoint = batch.After(checkpoint);

        Assert.Null(await SourceSubject.SourceOf(subject.Stream).LookAsync(subject.Stream, checkpoint, Cancel));
        Assert.Empty((await ReadAsync(subject.Stream, checkpoint)).SelectMany(batch => batch.Records));
        subject.Put(40, 3);
        Assert.NotNull(await SourceSubject.SourceOf(subject.Stream).LookAsync(subject.Stream, checkpoint, Cancel));
        Assert.Equal(3, (await ReadAsync(subject.Stream, checkpoint)).Sum(batch => batch.Records.Count));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_source_that_points_at_nothing_says_so(string kind)
    {
        using var subject = SourceSubject.Of(kind);

        var look = await Assert.ThrowsAsync<UserErrorException>(() => SourceSubject.SourceOf(subject.Nowhere).LookAsync(subject.Nowhere, Checkpoint.Start, Cancel));
        var read = await Assert.ThrowsAsync<UserErrorException>(() => ReadAsync(subject.Nowhere, Checkpoint.Start));

        Assert.Equal([ErrorCodes.SourceUnreadable, ErrorCodes.SourceUnreadable], [look.Errors[0].Code, read.Errors[0].Code]);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task An_interrupt_is_heard(string kind)
    {
        using var subject = SourceSubject.Of(kind);
        subject.Put(0, 1000);
        using var interrupt = new CancellationTokenSource();
        var batches = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var batch in SourceSubject.SourceOf(subject.Stream).ReadAsync(subject.Stream, Checkpoint.Start, interrupt.Token))
            {
                batch.Dispose();
                if (++batches == 1) await interrupt.CancelAsync();
                Assert.InRange(batches, 1, 300);
            }
            interrupt.Token.ThrowIfCancellationRequested();
        });
    }

    private static async Task<List<Seen>> ReadAsync(SourceStream stream, Checkpoint from)
    {
        var seen = new List<Seen>();
        await foreach (var batch in SourceSubject.SourceOf(stream).ReadAsync(stream, from, Cancel))
        {
            using (batch)
            {
                var records = batch.Records.Select(record => $"{record.Key.Id} {record.Hash:x} {record.File}:{record.Line}").ToArray();
                seen.Add(new Seen(records, batch.Rejects.Count, batch.Bytes, batch.Position, [.. batch.Finished]));
            }
        }
        return seen;
    }

    private sealed record Seen(IReadOnlyList<string> Records, int Rejects, long Bytes, string Position, IReadOnlyList<FinishedFile> Finished)
    {
        public string Text => $"{string.Join(',', Records)} {Rejects} {Position}";

        /// <summary>The checkpoint that a load would have written.</summary>
        public Checkpoint After(Checkpoint before)
        {
            var files = new Dictionary<string, LoadedFile>(before.Files);
            foreach (var file in Finished) files[file.File] = new LoadedFile(file.File, file.Bytes, file.Sha256, file.Lines, file.Records);
            return new Checkpoint(before.Load + 1, Position, files);
        }
    }
}
