namespace Tributary.Synthetic;

/// <summary>Deals a fixed total out to people unevenly, so that some have one of a thing and a few have many.</summary>
/// <remarks>
/// People come in groups of as many as there are weights. A group gets its even share of the total, and inside it the weights,
/// turned by chance, decide. So the share of any person is known without walking over the others, and the sum is exact.
/// </remarks>
public sealed class Shares(long seed, int people, int total, IReadOnlyList<int> weights)
{
    /// <summary>The first number that this person holds, and how many.</summary>
    public (int First, int Count) Of(int person)
    {
        var group = person / weights.Count;
        var start = group * weights.Count;
        var members = Math.Min(weights.Count, people - start);
        var turn = Chance.Of(seed, "share", group).Below(weights.Count);
        var (before, own, all) = Weigh(person - start, members, turn);
        var low = Cut(start);
        var size = Cut(start + members) - low;
        var first = size * before / all;
        var end = size * (before + own) / all;
        return ((int)(low + first), (int)(end - first));
    }

    private long Cut(int person) => (long)total * person / people;

    private (long Before, long Own, long All) Weigh(int member, int members, int turn)
    {
        long before = 0, all = 0;
        for (var i = 0; i < members; i++)
        {
            var weight = weights[(i + turn) % weights.Count];
            if (i < member) before += weight;
            all += weight;
        }

        return (before, weights[(member + turn) % weights.Count], Math.Max(all, 1));
    }
}
