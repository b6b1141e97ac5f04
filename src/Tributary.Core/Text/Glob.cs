namespace Tributary.Core.Text;

/// <summary>
/// A pattern over names or paths: <c>*</c> any characters but <c>/</c>, <c>?</c> one of them, <c>[a-z]</c> and <c>[!a-z]</c>,
/// and as a whole path segment <c>**</c> any number of folders. Case matters. Takes time in proportion to pattern times text.
/// </summary>
public sealed class Glob
{
    private readonly List<Step> steps = [];

    /// <summary>Every text is a pattern: a <c>[</c> without <c>]</c> stands for itself.</summary>
    public Glob(string pattern)
    {
        Pattern = pattern;
        for (var i = 0; i < pattern.Length;) i = Parse(i);
    }

    private enum Form { Literal, One, Set, Star, AnyPath, Skip }

    public string Pattern { get; }

    /// <summary>True when the pattern has no wildcard and so matches only itself.</summary>
    public bool IsLiteral => steps.TrueForAll(step => step.Form == Form.Literal);

    public override string ToString() => Pattern;

    /// <summary>True when the whole text matches. Walks all positions of the pattern side by side, so nothing is tried twice.</summary>
    public bool IsMatch(string text)
    {
        var now = new bool[steps.Count + 1];
        var next = new bool[steps.Count + 1];
        now[0] = true;
        Spread(now);
        foreach (var letter in text)
        {
            Array.Clear(next);
            for (var i = 0; i < steps.Count; i++)
            {
                if (now[i] && steps[i].Takes(letter)) next[steps[i].Form is Form.Star or Form.AnyPath ? i : i + 1] = true;
            }
            (now, next) = (next, now);
            Spread(now);
        }
        return now[^1];
    }

    /// <summary>A star may also take nothing: whoever stands at one stands behind it too.</summary>
    private void Spread(bool[] at)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            if (!at[i] || steps[i].Form is not (Form.Star or Form.AnyPath or Form.Skip)) continue;
            at[i + 1] = true;
            if (steps[i].Form == Form.Skip) at[i + 3] = true;
        }
    }

    private int Parse(int i)
    {
        var rest = Pattern.AsSpan(i);
        var segment = i == 0 || Pattern[i - 1] == '/';
        if (segment && rest.StartsWith("**/"))
        {
            steps.AddRange([new Step(Form.Skip), new Step(Form.AnyPath), new Step(Form.Literal, '/')]); // nothing at all, or folders and their slash
            return i + 3;
        }
        if (segment && rest is "**") return Add(new Step(Form.AnyPath), i + 2);
        if (rest[0] == '*') return Add(new Step(Form.Star), i + 1);
        if (rest[0] == '?') return Add(new Step(Form.One), i + 1);
        var close = rest.Length > 2 && rest[0] == '[' ? Pattern.IndexOf(']', i + (rest[1] == '!' ? 3 : 2)) : -1;
        return close > 0 ? Add(new Step(Form.Set, Set: Pattern[(i + 1)..close]), close + 1) : Add(new Step(Form.Literal, rest[0]), i + 1);
    }

    private int Add(Step step, int next)
    {
        if (step.Form != Form.Star || steps.Count == 0 || steps[^1].Form != Form.Star) steps.Add(step); // ** inside a segment is *
        return next;
    }

    private readonly record struct Step(Form Form, char Letter = '\0', string Set = "")
    {
        public bool Takes(char letter) => Form switch
        {
            Form.Literal => letter == Letter,
            Form.One or Form.Star => letter != '/',
            Form.AnyPath => true,
            Form.Set => letter != '/' && InSet(letter),
            _ => false,
        };

        private bool InSet(char letter)
        {
            var negated = Set[0] == '!';
            for (var i = negated ? 1 : 0; i < Set.Length; i++)
            {
                var range = i + 2 < Set.Length && Set[i + 1] == '-';
                if (range ? letter >= Set[i] && letter <= Set[i + 2] : letter == Set[i]) return !negated;
                if (range) i += 2;
            }
            return negated;
        }
    }
}
