namespace Tributary.Jinja;

/// <summary>Finds the known name that a misspelt one probably meant.</summary>
internal static class NearestName
{
    public static string? Hint(string name, IEnumerable<string> known)
    {
        var limit = Math.Max(1, name.Length / 3);
        var best = known
            .Where(candidate => Math.Abs(candidate.Length - name.Length) <= limit)
            .Take(20_000)
            .Select(candidate => (candidate, distance: Distance(name, candidate)))
            .Where(pair => pair.distance <= limit && pair.distance > 0)
            .OrderBy(pair => pair.distance).ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
        return best is null ? null : $"Did you mean '{best}'?";
    }

    private static int Distance(string left, string right)
    {
        if (left.Length > 100) return int.MaxValue;
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        var current = new int[right.Length + 1];
        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replace = previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                current[j] = Math.Min(replace, Math.Min(previous[j], current[j - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }
}
