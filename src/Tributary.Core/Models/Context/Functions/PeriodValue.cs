using System.Globalization;
using Tributary.Core.Graph;
using Tributary.Core.Models.Periods;
using Tributary.Jinja.Values;

namespace Tributary.Core.Models.Context.Functions;

/// <summary>
/// The period that a model is built for, as SQL: <c>{{ period.start }}</c> and <c>{{ period.end }}</c> are timestamptz literals, the end not
/// included; <c>first_day</c>, <c>last_day</c> and <c>end_day</c> are dates; <c>label</c> is text.
/// </summary>
internal static class PeriodValue
{
    public static object Of(NodeContext context) => ToDict(context.Run is { } run ? run.Period ?? Usual(context, run) : AnyPeriod);

    private static Period AnyPeriod => new PeriodCalendar(PeriodSize.Month, TimeZoneInfo.Utc).Of(new DateOnly(1970, 1, 1));

    /// <summary>Nobody chose one: the last that has ended.</summary>
    private static Period Usual(NodeContext context, RunContext run) =>
        (PeriodConfig.Of(context.Node.Config, context.Node.Settings.Zone)?.Calendar ?? new PeriodCalendar(PeriodSize.Month, TimeZoneInfo.Utc)).LastComplete(run.AsOf);

    private static JinjaDict ToDict(Period period) => new()
    {
        ["start"] = AsOf.Literal(period.Start),
        ["end"] = AsOf.Literal(period.End),
        ["first_day"] = Day(period.FirstDay),
        ["last_day"] = Day(period.EndDay.AddDays(-1)),
        ["end_day"] = Day(period.EndDay),
        ["label"] = period.Label,
    };

    private static string Day(DateOnly day) => $"'{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'::date";
}
