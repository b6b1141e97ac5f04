using System.Globalization;
using Tributary.Core.Text;

namespace Tributary.Core.Jobs;

/// <summary>One field of a cron line: the numbers that it allows.</summary>
internal sealed class CronField
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private readonly bool[] allowed;

    private CronField(bool[] allowed, bool isEvery, bool beginsWithStar)
    {
        this.allowed = allowed;
        IsEvery = isEvery;
        BeginsWithStar = beginsWithStar;
    }

    /// <summary>The field is <c>*</c>.</summary>
    public bool IsEvery { get; }

    /// <summary>What cron looks at when it joins days of the month and of the week.</summary>
    public bool BeginsWithStar { get; }

    public bool Allows(int value) => allowed[value];

    public IEnumerable<int> Values => Enumerable.Range(0, allowed.Length).Where(Allows);

    public static CronField Minutes(string text) => Parse(text, "minute", 0, 59, []);

    public static CronField Hours(string text) => Parse(text, "hour", 0, 23, []);

    public static CronField DaysOfMonth(string text) => Parse(text, "day of month", 1, 31, []);

    public static CronField MonthsOfYear(string text) => Parse(text, "month", 1, 12, Months);

    /// <summary>0 and 7 are Sunday.</summary>
    public static CronField DaysOfWeek(string text)
    {
        var week = Parse(text, "day of week", 0, 7, Days);
        week.allowed[0] |= week.allowed[7];
        week.allowed[7] = false;
        return week;
    }

    private static CronField Parse(string text, string name, int first, int last, string[] words)
    {
        var allowed = new bool[last + 1];
        foreach (var part in text.Split(',')) Add(part, name, first, last, words, allowed);
        return new CronField(allowed, text == "*", text.StartsWith('*'));
    }

    private static void Add(string part, string name, int first, int last, string[] words, bool[] allowed)
    {
        var slash = part.Split('/');
        var step = slash.Length == 1 ? 1 : slash.Length == 2 && Number(slash[1]) is { } count and > 0 ? count : throw Wrong(part, name, first, last);
        int from, to;
        if (slash[0] == "*") (from, to) = (first, last);
        else
        {
            var ends = slash[0].Split('-');
            from = Value(ends[0], words, first) ?? throw Wrong(part, name, first, last);
            to = ends.Length == 1 ? from : ends.Length == 2 && Value(ends[1], words, first) is { } end ? end : throw Wrong(part, name, first, last);
            if (ends.Length == 1 && slash.Length == 2) throw new FormatException($"the {name} '{Excerpt.Of(part)}' counts from one number; write {from}-{last}/{step}");
        }
        if (from < first || to > last || from > to) throw Wrong(part, name, first, last);
        for (var value = from; value <= to; value += step) allowed[value] = true;
    }

    /// <summary>A number, or a name of which its first three letters count.</summary>
    private static int? Value(string text, string[] words, int first)
    {
        var word = Array.IndexOf(words, text.ToLowerInvariant());
        return word >= 0 ? word + first : Number(text);
    }

    private static int? Number(string text) =>
        text.Length is > 0 and < 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static FormatException Wrong(string part, string name, int first, int last) =>
        new($"the {name} '{Excerpt.Of(part)}' is not in {first}-{last}, nor a range, list or step of those");
}
