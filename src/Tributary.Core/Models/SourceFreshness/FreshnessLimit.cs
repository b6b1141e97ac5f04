using System.Globalization;

namespace Tributary.Core.Models.SourceFreshness;

/// <summary>How old the newest record of a source may be: <c>{count: 12, period: hour}</c>.</summary>
public sealed record FreshnessLimit(long Count, string Period)
{
    public static readonly string[] Periods = ["minute", "hour", "day"];

    public TimeSpan Span => Period switch
    {
        "minute" => TimeSpan.FromMinutes(Count),
        "hour" => TimeSpan.FromHours(Count),
        _ => TimeSpan.FromDays(Count),
    };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} {Period}{(Count == 1 ? "" : "s")}");
}
