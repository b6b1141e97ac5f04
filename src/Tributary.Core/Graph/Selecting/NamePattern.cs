namespace Tributary.Core.Graph.Selecting;

/// <summary>
/// Shell wildcards over a whole name, as Python's fnmatch has them: <c>*</c> any characters (a slash or dot too), <c>?</c> one,
/// <c>[a-z]</c> and <c>[!a-z]</c>. Case matters.
/// </summary>
internal static class NamePattern
{
    public static bool HasWildcard(string pattern) => pattern.AsSpan().ContainsAny("*?[]");

    /// <summary>On a mismatch goes back to the last star alone: nothing is tried twice.</summary>
    public static bool Matches(string name, string pattern)
    {
        int at = 0, step = 0, star = -1, retry = 0;
        while (at < name.Length)
        {
            if (step < pattern.Length && pattern[step] == '*')
            {
                star = step++;
                retry = at;
            }
            else if (step < pattern.Length && Takes(pattern, step, name[at], out var next))
            {
                step = next;
                at++;
            }
            else if (star < 0) return false;
            else
            {
                step = star + 1;
                at = ++retry;
            }
        }
        while (step < pattern.Length && pattern[step] == '*') step++;
        return step == pattern.Length;
    }

    private static bool Takes(string pattern, int step, char letter, out int next)
    {
        next = step + 1;
        if (pattern[step] == '?') return true;
        if (pattern[step] != '[') return pattern[step] == letter;
        var from = step + 1;
        var isNegated = from < pattern.Length && pattern[from] == '!';
        if (isNegated) from++;
        // A bracket right behind the opening one belongs to the set.
        var close = from + 1 < pattern.Length ? pattern.IndexOf(']', from + 1) : -1;
        if (close < 0) return letter == '[';
        next = close + 1;
        return InSet(pattern.AsSpan(from, close - from), letter) != isNegated;
    }

    private static bool InSet(ReadOnlySpan<char> set, char letter)
    {
        for (var i = 0; i < set.Length; i++)
        {
            if (i + 2 < set.Length && set[i + 1] == '-')
            {
                if (letter >= set[i] && letter <= set[i + 2]) return true;
                i += 2;
            }
            else if (set[i] == letter) return true;
        }
        return false;
    }
}
