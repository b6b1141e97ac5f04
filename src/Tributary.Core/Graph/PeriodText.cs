using System.Globalization;
using System.Text.RegularExpressions;

namespace Tributary.Core.Graph;

/// <summary>A stretch of days as people write it: <c>2024</c>, <c>2024-Q1</c>, <c>2024-03</c>, <c>2024-03-15</c>.</summary>
public static partial class PeriodText
{
    /// <summary>The first day and the day after the last; null when the text is none of these.</summary>
    public static PeriodRange? Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success || !DateOnly.TryParseExact(First(match), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) || first.Year >= 9999) return null;
        return new PeriodRange(first, match switch
        {
            _ when match.Groups["day"].Success => first.AddDays(1),
            _ when match.Groups["month"].Success => first.AddMonths(1),
            _ when match.Groups["quarter"].Success => first.AddMonths(3),
            _ => first.AddYears(1),
        });
    }

    private static string First(Match match)
    {
        var month = match.Groups["quarter"] is { Success: true } quarter ? $"{((quarter.ValueSpan[0] - '1') * 3) + 1:D2}" : match.Groups["month"] is { Success: true } named ? named.Value : "01";
        return $"{match.Groups["year"].Value}-{month}-{(match.Groups["day"] is { Success: true } day ? day.Value : "01")}";
    }

    [GeneratedRegex("^(?<year>[0-9]{4})(-Q(?<quarter>[1-4])|-(?<month>[0-9]{2})(-(?<day>[0-9]{2}))?)?$")]
    private static partial Regex Form();
}
