namespace Tributary.Core.Text;

/// <summary>Finds what the user probably meant among the names that exist.</summary>
public static class Nearest
{
    /// <summary>Longer words are cut before they are compared, so that a hostile key cannot cost much.</summary>
    private const int LongestWord = 80;

    /// <summary>The closest of the known names when it is close enough to be meant (a third of its letters may differ), else null.</summary>
    public static string? To(string word, IEnumerable<string> known)
    {
        var asked = Plain(word);
        var best = known
            .Select(name => (Name: name, Distance: Distance(asked, Plain(name))))
            .OrderBy(candidate => candidate.Distance).ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.Name is not null && best.Distance <= Math.Max(1, Math.Min(asked.Length, best.Name.Length) / 3) ? best.Name : null;
    }

    /// <summary>A sentence for an error's hint: <c>Did you mean 'threads'?</c>, or else the known names when there are few.</summary>
    public static string Hint(string word, IReadOnlyCollection<string> known)
    {
        if (To(word, known) is { } near) return $"Did you mean '{near}'?";
        const int shown = 20;
        var more = known.Count > shown ? $", … ({known.Count} in all)" : "";
        return known.Count == 0 ? "There are none." : $"Known: {string.Join(", ", known.Take(shown))}{more}.";
    }

    /// <summary>Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).</summary>
    internal static int Distance(string a, string b)
    {
        var before = new int[b.Length + 1];
        var last = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var row = new int[b.Length + 1];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(last[j] + 1, row[j - 1] + 1), last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
            (before, last) = (last, row);
        }
        return last[b.Length];
    }

    private static string Plain(string word)
    {
        var cut = word.Length > LongestWord ? word[..LongestWord] : word;
        return cut.ToLowerInvariant().Replace('-', '_').Replace(' ', '_');
    }
}
