using System.Globalization;
using Tributary.Core.Graph;
using Tributary.Core.Models.Configs;

namespace Tributary.Core.Models.Periods;

/// <summary>What a model with <c>materialized='period'</c> says of its periods.</summary>
internal sealed record PeriodConfig(PeriodCalendar Calendar, DateOnly? Begin, int Lookback)
{
    public const string Materialization = "period";

    private static readonly Dictionary<string, DayOfWeek> Days = Enum.GetValues<DayOfWeek>().ToDictionary(day => day.ToString().ToLowerInvariant());

    /// <summary>Null when the configuration is wrong; <see cref="FindWrong"/> says how.</summary>
    public static PeriodConfig? Of(NodeConfig config, string zone) => FindWrong(config, zone) is not null ? null : new PeriodConfig(
        new PeriodCalendar(SizeOf(config)!.Value, TimeZoneInfo.FindSystemTimeZoneById(config.Text("zone") ?? zone), Days[config.Text("week_start") ?? "monday"]), // not null: checked
        config.Text("begin") is { } begin ? PeriodText.Parse(begin)?.First : null,
        int.Parse(config.Text("lookback") ?? "1", CultureInfo.InvariantCulture));

    /// <summary>What is wrong and what to write instead; null when nothing is.</summary>
    public static (string Message, string Hint)? FindWrong(NodeConfig config, string zone)
    {
        if (SizeOf(config) is null) return (config.Text("period") is { } found ? $"has period '{found}'" : "has no period", "Write period='month', 'quarter', 'week' or 'day'.");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(config.Text("zone") ?? zone, out _)) return ("has a zone that the IANA database does not know", "Write it as Area/City, such as Europe/Dublin, or UTC.");
        if (!Days.ContainsKey(config.Text("week_start") ?? "monday")) return ("has a week_start that is no day", "Write week_start='monday' … 'sunday'.");
        if (config.Text("begin") is { } begin && PeriodText.Parse(begin) is null) return ("has a begin that is no day", "Write begin='2024-01' or '2024-01-01'.");
        return config.Text("lookback") is { } text && !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? ("has a lookback that is no whole number", "Write how many published periods are looked at again: lookback=3.") : null;
    }

    private static PeriodSize? SizeOf(NodeConfig config) =>
        Enum.TryParse<PeriodSize>(config.Text("period"), ignoreCase: true, out var size) && config.Text("period")!.All(char.IsAsciiLetterLower) ? size : null; // not null: it was parsed
}
