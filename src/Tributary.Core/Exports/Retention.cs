using System.Globalization;
using System.Text.RegularExpressions;

namespace Tributary.Core.Exports;

/// <summary>The <c>keep:</c> of an export: files of so many days, or so many of the newest. The newest one always stays.</summary>
public sealed partial record Retention(int? Days, int? Newest)
{
    internal const string Expected = "expected a number of days or of files, such as `90 days` or `10 newest`";

    /// <summary>Null when the text is no retention.</summary>
    public static Retention? Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success || !int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count == 0) return null;
        return match.Groups[2].Value == "newest" ? new Retention(null, count) : new Retention(count, null);
    }

    /// <summary>Those that are due to go, of an export's standing deliveries from the newest to the oldest.</summary>
    public IEnumerable<Delivery> Expired(IReadOnlyList<Delivery> newestFirst, DateTimeOffset now) =>
        newestFirst.Skip(Newest ?? 1).Where(delivery => Days is null || delivery.DeliveredAt < now.AddDays(-Days.Value));

    [GeneratedRegex("^([0-9]{1,5}) (days?|newest)$")]
    private static partial Regex Form();
}
