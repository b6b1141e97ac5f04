using System.Globalization;
using System.Text.RegularExpressions;

namespace Tributary.Connectors.Ssh;

/// <summary>A line of <c>ls -ln</c>, as OpenSSH's client writes it in the C locale with TZ=UTC.</summary>
internal sealed partial record SftpEntry(string Name, bool IsFile, bool IsFolder, long Bytes, DateTimeOffset ModifiedAt)
{
    /// <summary>Null for a line that is none. Within half a year the time stands there to the minute and without its year, else the day.</summary>
    public static SftpEntry? Parse(string line, DateTimeOffset now)
    {
        if (Line().Match(line) is not { Success: true } match) return null;
        var name = match.Groups["name"].Value;
        return new SftpEntry(
            name[(name.LastIndexOf('/') + 1)..], line[0] == '-', line[0] == 'd',
            long.Parse(match.Groups["bytes"].Value, CultureInfo.InvariantCulture), TimeOf(match.Groups["month"].Value, match.Groups["day"].Value, match.Groups["time"].Value, now));
    }

    private static DateTimeOffset TimeOf(string month, string day, string time, DateTimeOffset now)
    {
        var hasYear = !time.Contains(':', StringComparison.Ordinal);
        var text = hasYear ? $"{time} {month} {day} 00:00" : $"{now.Year} {month} {day} {time}";
        if (!DateTimeOffset.TryParseExact(text, "yyyy MMM d HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)) return now;
        return !hasYear && at > now.AddDays(1) ? at.AddYears(-1) : at;
    }

    [GeneratedRegex(@"^[-dlbcps][-rwxsStT?]{9}\S? +\S+ +\S+ +\S+ +(?<bytes>[0-9]+) (?<month>[A-Z][a-z]{2}) +(?<day>[0-9]{1,2}) +(?<time>[0-9]{4}|[0-9]{2}:[0-9]{2}) (?<name>.+)$")]
    private static partial Regex Line();
}
