using Tributary.Core.Ingest;
using Record = Tributary.Core.Ingest.Record;

namespace Tributary.Tests.Ingest;

public sealed class MergeChoiceTests
{
    private static readonly DateTime Day = new(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    [Requirement("X3")]
    public void Whatever_the_order_and_the_batches_the_newest_version_is_stored()
    {
        var random = new Random(3);
        for (var round = 0; round < 3000; round++)
        {
            var versions = Enumerable.Range(1, random.Next(1, 9)).Select(number => Version(number, random.Next(3), random.Next(5) == 0)).ToArray();
            var newest = versions.MaxBy(version => version.Key, Comparer<RecordKey>.Create((a, b) => Precedence.Compare(a, b)));
            random.Shuffle(versions);

            var stored = new Dictionary<string, StoredRow>();
            foreach (var batch in versions.Chunk(random.Next(1, 4))) Apply(batch, stored);
            Apply(versions, stored);

            Assert.Equal(new StoredRow(newest.Key, newest.Hash), stored["a"]);
        }
    }

    [Fact]
    public void A_record_that_leaves_and_comes_back_within_a_batch_changes_nothing()
    {
        var stored = new Dictionary<string, StoredRow> { ["a"] = new(new RecordKey("a", null, null), 1) };

        var choice = MergeChoice.Of([Timeless(2), Timeless(1)], stored, Day);

        Assert.Empty(choice.Winners);
        Assert.Equal(2, choice.Unchanged);
    }

    [Fact]
    public void A_deletion_without_a_time_deletes_what_is_known_and_an_old_version_does_not_return()
    {
        var stored = new Dictionary<string, StoredRow>();
        Apply([Version(5, 1)], stored);
        Apply([Timeless(9, deleted: true)], stored);
        Assert.True(stored["a"].Key.IsDeletion);

        var deletion = stored["a"];
        Apply([Version(5, 1), Version(6, 50), Timeless(9, deleted: true)], stored);
        Assert.Equal(deletion, stored["a"]);
        Apply([Version(7, 101)], stored);
        Assert.False(stored["a"].Key.IsDeletion);
    }

    [Fact]
    public void Without_times_the_later_arrival_counts_and_the_deleted_may_return()
    {
        var stored = new Dictionary<string, StoredRow>();
        Apply([Timeless(1), Timeless(9, deleted: true)], stored);
        Assert.True(stored["a"].Key.IsDeletion);
        Apply([Timeless(1)], stored);
        Assert.False(stored["a"].Key.IsDeletion);
    }

    [Fact]
    [Requirement("C22")]
    public void A_deletion_that_keeps_the_document_flags_the_stored_row_or_takes_the_batchs_own_document_over()
    {
        var deletion = Timeless(9, deleted: true) with { KeepsDocument = true, Bytes = "deleted"u8.ToArray() };
        var document = Timeless(2) with { Bytes = "document"u8.ToArray() };
        var stored = new Dictionary<string, StoredRow> { ["a"] = new(new RecordKey("a", null, null), 1) };

        var flag = Assert.Single(MergeChoice.Of([deletion], stored, Day).Winners);
        var written = Assert.Single(MergeChoice.Of([document, deletion], stored, Day).Winners);

        Assert.True(flag.KeepsDocument);
        Assert.Equal((false, true, deletion.Hash), (written.KeepsDocument, written.Key.IsDeletion, written.Hash));
        Assert.Equal("document"u8.ToArray(), written.Bytes.ToArray());
    }

    [Theory]
    [InlineData("9", "10", -1)]
    [InlineData("010", "10", 0)]
    [InlineData("abc", "1", -1)]
    [InlineData("abc", "xyz", 0)]
    [InlineData(null, "0", -1)]
    [InlineData("99999999999999999999999", "100000000000000000000000", -1)]
    public void Versions_are_ordered_as_numbers(string? a, string? b, int order) =>
        Assert.Equal(order, Math.Sign(Precedence.Compare(new RecordKey("a", a, null), new RecordKey("a", b, null))));

    private static void Apply(Record[] batch, Dictionary<string, StoredRow> stored)
    {
        foreach (var winner in MergeChoice.Of(batch, stored, Day.AddDays(100)).Winners) stored[winner.Key.Id] = new StoredRow(winner.Key, winner.Hash);
    }

    private static Record Version(int number, int day, bool deleted = false) =>
        new(new RecordKey("a", $"{number}", Day.AddDays(day), deleted), (UInt128)number, default, "f", number, 0);

    private static Record Timeless(int hash, bool deleted = false) => new(new RecordKey("a", null, null, deleted), (UInt128)hash, default, "f", 1, 0);
}
