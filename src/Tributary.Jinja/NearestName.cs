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

    /// <summary>How many letters must be changed, left out, put in or swapped with their neighbour.</summary>
    private static int Distance(string left, string right)
    {
        if (left.Length > 100) return int.MaxValue;
        var (before, previous, current) = (new int[right.Length + 1], Enumerable.Range(0, right.Length + 1).ToArray(), new int[right.Length + 1]);
        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replace = previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                current[j] = Math.Min(replace, Math.Min(previous[j], current[j - 1]) + 1);
                var isSwap = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
                if (isSwap) current[j] = Math.Min(current[j], before[j - 2] + 1);
            }

            (before, previous, current) = (previous, current, before);
        }

        return previous[right.Length];
    }
}
