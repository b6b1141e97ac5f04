using Tributary.Core.Ingest;
using Record = Tributary.Core.Ingest.Record;

namespace Tributary.Tests.Ingest;

public sealed class TimelineTests
{
    private static readonly DateTime Day = new(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_deletion_ends_a_version_and_a_return_ends_the_deletion()
    {
        var timeline = Build(Version(1, 1), Version(2, 5, deleted: true), Version(3, 9));

        Assert.Equal(["1 1-5", "2 5-9 deleted", "3 9-∞"], Show(timeline));
    }

    [Fact]
    public void A_version_that_comes_late_takes_its_place_between_its_neighbours()
    {
        Assert.Equal(["1 1-5", "2 5-9", "3 9-∞"], Show(Build(Version(3, 9), Version(1, 1), Version(2, 5))));
    }

    [Fact]
    public void Versions_of_one_instant_are_all_kept_and_the_highest_holds()
    {
        Assert.Equal(["1 1-1", "2 1-∞"], Show(Build(Version(2, 1), Version(1, 1))));
        Assert.Equal(["1 1-1", "2 1-∞"], Show(Build(Version(1, 1), Version(2, 1))));
    }

    [Fact]
    public void The_same_version_twice_is_one()
    {
        var timeline = Build(Version(1, 1), Version(2, 5));

        Assert.False(timeline.Add(Version(1, 1), Day));
        Assert.Equal(["1 1-5", "2 5-∞"], Show(timeline));
    }

    [Fact]
    public void Records_without_a_time_hold_from_when_they_came()
    {
        var timeline = new Timeline([]);
        Assert.True(timeline.Add(Timeless(1), Day.AddDays(1)));
        Assert.False(timeline.Add(Timeless(1), Day.AddDays(2)));
        Assert.True(timeline.Add(Timeless(2), Day.AddDays(3)));
        Assert.True(timeline.Add(Timeless(1), Day.AddDays(4)));

        Assert.Equal([(1, 3), (3, 4)], timeline.Entries.Take(2).Select(entry => ((entry.From - Day).Days, (entry.To - Day).Days)));
        Assert.Equal(DateTime.MaxValue, timeline.Entries[2].To);
    }

    [Fact]
    public void A_deletion_without_a_time_holds_from_when_it_came_until_a_later_version()
    {
        var timeline = Build(Version(1, 1));
        Assert.True(timeline.Add(Timeless(9) with { Key = new RecordKey("a", null, null, IsDeletion: true) }, Day.AddDays(5)));
        Assert.False(timeline.Add(Timeless(9) with { Key = new RecordKey("a", null, null, IsDeletion: true) }, Day.AddDays(6)));
        timeline.Add(Version(2, 3), Day.AddDays(7));
        timeline.Add(Version(3, 8), Day.AddDays(9));

        Assert.Equal(["1 1-3", "2 3-5", " 5-8 deleted", "3 8-∞"], Show(timeline));
    }

    [Fact]
    public void In_any_order_of_arrival_the_timeline_is_the_same_and_has_no_overlap()
    {
        var random = new Random(11);
        for (var round = 0; round < 2000; round++)
        {
            var versions = Enumerable.Range(1, random.Next(1, 7)).Select(number => Version(number, random.Next(1, 5), random.Next(4) == 0)).ToArray();
            var expected = Show(Build([.. versions.OrderBy(version => version.Key, Comparer<RecordKey>.Create((a, b) => Precedence.Compare(a, b)))]));
            random.Shuffle(versions);

            var timeline = Build(versions);

            Assert.Equal(expected.Where(IsHeld), Show(timeline).Where(IsHeld));
            Assert.Equal(versions.Length, timeline.Entries.Count);
            var held = timeline.Entries.Where(entry => entry.From < entry.To).ToList();
            for (var i = 1; i < held.Count; i++) Assert.Equal(held[i - 1].To, held[i].From);
            Assert.Equal(DateTime.MaxValue, held[^1].To);
        }
    }

    [Fact]
    public void Batches_over_stored_rows_give_what_one_batch_gives()
    {
        var random = new Random(12);
        for (var round = 0; round < 1000; round++)
        {
            var versions = Enumerable.Range(1, 6).Select(number => Version(number, random.Next(1, 5))).ToArray();
            random.Shuffle(versions);
            var stored = new List<TimelineEntry>();
            foreach (var batch in versions.Chunk(random.Next(1, 4)))
            {
                var timeline = new Timeline(stored);
                foreach (var version in batch) timeline.Add(version, Day);
                stored = [.. timeline.Entries.Select((entry, i) => new TimelineEntry(i, entry.Key, entry.Hash, entry.From, entry.To))];
            }

            Assert.Equal(Show(Build(versions)).Order(StringComparer.Ordinal), Show(new Timeline(stored)).Order(StringComparer.Ordinal));
        }
    }

    private static bool IsHeld(string entry) => entry.Split(' ')[1].Split('-') is var ends && ends[0] != ends[1];

    private static Timeline Build(params Record[] versions)
    {
        var timeline = new Timeline([]);
        foreach (var version in versions) Assert.True(timeline.Add(version, Day));
        return timeline;
    }

    private static string[] Show(Timeline timeline) =>
    [
        .. timeline.Entries.Select(entry =>
            $"{entry.Key.Version} {(entry.From - Day).Days}-{(entry.To == DateTime.MaxValue ? "∞" : (entry.To - Day).Days)}{(entry.Key.IsDeletion ? " deleted" : "")}"),
    ];

    private static Record Version(int number, int day, bool deleted = false) =>
        new(new RecordKey("a", $"{number}", Day.AddDays(day), deleted), (UInt128)number, default, "f", number, 0);

    private static Record Timeless(int hash) => new(new RecordKey("a", null, null), (UInt128)hash, default, "f", 1, 0);
}
