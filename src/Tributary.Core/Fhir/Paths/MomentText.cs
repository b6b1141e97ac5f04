using System.Globalization;
using System.Text.RegularExpressions;

namespace Tributary.Core.Fhir.Paths;

/// <summary>Dates and times that are written out in views: the form alone does not make <c>2024-02-30</c> a day.</summary>
internal static partial class MomentText
{
    public static bool IsDay(string text)
    {
        var parts = Day().Match(text);
        if (!parts.Success || !IsClock(parts.Groups["clock"].Value)) return false;
        var (year, month, day) = (Number(parts, "year"), Number(parts, "month"), Number(parts, "day"));
        return year > 0 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
    }

    public static bool IsClock(string text) => text.Length == 0 || Clock().IsMatch(text);

    private static int Number(Match match, string name) => match.Groups[name].Success ? int.Parse(match.Groups[name].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 1;

    [GeneratedRegex(@"^(?<year>\d{4})(-(?<month>\d\d)(-(?<day>\d\d)(T(?<clock>[^Z+-]*)(Z|[+-](0\d|1[0-4]):[0-5]\d)?)?)?)?$")]
    private static partial Regex Day();

    [GeneratedRegex(@"^([01]\d|2[0-3])(:[0-5]\d(:[0-5]\d(\.\d+)?)?)?$")]
    private static partial Regex Clock();
}
