using System.Globalization;
using Tributary.Core.Exports;
using Tributary.Core.Text;

namespace Tributary.Tests.Live.Mongo;

/// <summary>
/// Two servers, one that appends months and one that wipes, push in a random order to one collection; rows come late, are edited and
/// deleted, and pushes die at any command. Readers look all the time.
/// </summary>
public sealed class MongoPropertyTests
{
    private static int Steps => Environment.GetEnvironmentVariable("TRIBUTARY_LONG") is { Length: > 0 } ? 1000 : 90;

    [Fact]
    [Requirement("M9", "M12", "M14", "M26", "X3", "X4")]
    public async Task Collections_are_what_the_source_says_and_readers_never_see_a_part()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        await using var server = new MongoDouble();
        await using var eu = await Side.CreateAsync(server, "eu", ChartWorld.Append());
        await using var us = await Side.CreateAsync(server, "us", ChartWorld.Wipe());
        using var stop = new CancellationTokenSource();
        var reader = Task.Run(() => Watch(server, [eu, us], stop.Token), CancellationToken.None);
        try
        {
            for (var step = 0; step < Steps && !reader.IsCompleted; step++)
            {
                var side = random.Next(2) == 0 ? eu : us;
                if (random.Next(3) > 0) await side.ChangeAsync(random);
                if (random.Next(3) == 0) await side.PushAsync(Crash(random));
                else Assert.True(await side.PushAsync(null), $"seed {seed}, step {step}");
                Assert.True(side.Sees(server), $"seed {seed}, step {step}: {side.World.Name} is not what the source says");
            }
        }
        finally
        {
            await stop.CancelAsync();
        }
        var looks = await reader;
        Assert.True(looks.Wrong is null, $"seed {seed}: {looks.Wrong}");
        Assert.True(looks.Count > Steps, "the reader did not look often enough to prove anything");
    }

    /// <summary>From the n-th command on nothing is answered: the n-th is done or not.</summary>
    private static Func<int, string, MongoFault> Crash(Random random)
    {
        var (at, applies) = (random.Next(1, 22), random.Next(2) == 0);
        return (number, _) => number < at ? MongoFault.None : number == at && applies ? MongoFault.RefusesAfter(13) : MongoFault.Refuses(13);
    }

    private static (int Count, string? Wrong) Watch(MongoDouble server, Side[] sides, CancellationToken cancel)
    {
        for (var count = 1; ; count++)
        {
            var before = sides.Select(side => side.Allowed).ToList();
            var seen = ChartWorld.Words(server.Store.Read("monthly_submissions")).ToLookup(word => word[..2]);
            for (var i = 0; i < sides.Length; i++)
            {
                var text = string.Join('\n', seen[sides[i].World.Name]);
                if (!before[i].Contains(text) && !sides[i].Allowed.Contains(text)) return (count, $"a reader saw of {sides[i].World.Name}: {text}");
            }
            if (cancel.IsCancellationRequested) return (count, null);
        }
    }

    /// <summary>One server: its source as the test knows it, what its readers may see, and its pushes.</summary>
    private sealed class Side(ChartWorld world, CollectionConfig collection) : IAsyncDisposable
    {
        private readonly SortedDictionary<(int Month, int Form), int> source = [];

        /// <summary>What the collection may have been decided to be: after a push that died, the old state or the new one.</summary>
        private List<SortedDictionary<(int Month, int Form), int>> decided = [[]];

        public ChartWorld World => world;

        /// <summary>The states of which a reader may see one.</summary>
        public volatile IReadOnlyList<string> Allowed = [""];

        public static async Task<Side> CreateAsync(MongoDouble server, string name, CollectionConfig collection)
        {
            const string Empty = "create table m.monthly (month date not null, form_id text not null, sent int not null, primary key (month, form_id))";
            return new Side(await ChartWorld.CreateAsync(Empty, server: server, name: name), collection);
        }

        public async Task ChangeAsync(Random random)
        {
            var (month, form, sent) = (random.Next(1, 7), random.Next(1, 6), random.Next(1000));
            if (random.Next(4) > 0)
            {
                source[(month, form)] = sent;
                await world.ChangeAsync($"insert into m.monthly values (make_date(2024, {month}, 1), 'form{form}', {sent}) on conflict (month, form_id) do update set sent = excluded.sent");
                return;
            }
            source.Remove((month, form));
            await world.ChangeAsync($"delete from m.monthly where month = make_date(2024, {month}, 1) and form_id = 'form{form}'");
        }

        /// <summary>True when it succeeded, and readers see what the source says then.</summary>
        public async Task<bool> PushAsync(Func<int, string, MongoFault>? crash)
        {
            var wanted = decided.ConvertAll(Recompute);
            Allowed = [.. decided.Concat(wanted).Select(Text).Distinct()];
            world.Server.Arm(crash);
            try
            {
                await world.PushAsync(collection);
            }
            catch (Exception error) when (crash is not null && error is IOException or UserErrorException)
            {
                decided = [.. decided.Concat(wanted).DistinctBy(Text)];
                return false;
            }
            finally
            {
                world.Server.Arm();
            }
            decided = [.. wanted.Where(state => Text(state) == Seen(world.Server)).Take(1)];
            Allowed = [.. decided.Select(Text)];
            return decided.Count == 1;
        }

        public bool Sees(MongoDouble server) => Allowed.Contains(Seen(server));

        /// <summary>The collection from the source alone: all of it, or each month that has rows over what was there.</summary>
        private SortedDictionary<(int Month, int Form), int> Recompute(SortedDictionary<(int Month, int Form), int> before)
        {
            if (collection.Mode == CollectionMode.Wipe) return new(source);
            var months = source.Keys.Select(key => key.Month).ToHashSet();
            return new(source.Concat(before.Where(row => !months.Contains(row.Key.Month))).ToDictionary());
        }

        private string Text(SortedDictionary<(int Month, int Form), int> rows) => string.Join('\n', rows.Select(row =>
            string.Create(CultureInfo.InvariantCulture, $"{world.Name} 2024-{row.Key.Month:D2} form{row.Key.Form}={row.Value}")).Order(StringComparer.Ordinal));

        private string Seen(MongoDouble server) =>
            string.Join('\n', ChartWorld.Words(server.Store.Read("monthly_submissions")).Where(word => word.StartsWith(world.Name, StringComparison.Ordinal)));

        public ValueTask DisposeAsync() => world.DisposeAsync();
    }
}
