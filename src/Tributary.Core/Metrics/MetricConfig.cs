using Tributary.Core.Text;
using Tributary.Core.Text.Binding;

namespace Tributary.Core.Metrics;

/// <summary>One entry of the catalogue, as it is written.</summary>
public sealed record MetricConfig(
    SourcePosition At,
    [Description("Name in fct_metrics_long: lower case letters, digits and _.")] string Id,
    [Description("count, percent, or number for anything else.")] MetricUnit Unit,
    [Description("What the number says, for those who read it.")] string Description,
    [Description("Version of the method; raise it when the definition changes.")] int Version,
    [Description("simple, ratio, snapshot, rolling or cumulative; absent: told by the other keys.")] MetricType? Type = null,
    [Description("The period of a value; day.")] string Grain = "day",
    [Description("The column that tells the organization; an empty list: none.")]
    [OneOrMany, Default("[organization_id]")] IReadOnlyList<string>? EntityKeys = null,
    [Description("The model whose rows are counted.")] string? SourceModel = null,
    [Description("One SQL aggregate over the model's rows, such as count(distinct patient_id).")] string? Expression = null,
    [Description("Of a ratio: an aggregate, or the id of another metric.")] string? Numerator = null,
    [Description("Of a ratio: an aggregate, or the id of another metric; 0 gives no value.")] string? Denominator = null,
    [Description("Days of a rolling window, the day itself included.")] int? WindowDays = null,
    [Description("The date or timestamptz column that tells a row's day.")] string? DateColumn = null,
    [Description("A column whose values break the metric down.")] string? Dimension = null,
    [Description("SQL condition on the model's rows.")] string? Filter = null,
    [Description("IANA zone of the day; the project's by default.")] string? Zone = null,
    [Description("The first day that has rows; what happened before still counts in running totals.")] DateOnly? Start = null,
    [Description("Further ids under which the same rows appear.")] IReadOnlyList<string>? Aliases = null,
    [Description("Cells of 1 to n-1 have no value and the status suppressed.")] int? SuppressBelow = null,
    [Description("Status of the entry, such as active, draft or deprecated.")] string Status = "active") : IValidated
{
    internal const int LongestWindow = 3660;

    public void Validate(Validation check)
    {
        if (Grain != "day") check.Refuse("grain", $"expected day, found '{Grain}'");
        if (Version < 1) check.Refuse("version", $"expected 1 or more, found {Version}");
        if (WindowDays is < 1 or > LongestWindow) check.Refuse("window_days", $"expected 1 to {LongestWindow}, found {WindowDays}");
        if (SuppressBelow is < 2) check.Refuse("suppress_below", $"expected 2 or more, found {SuppressBelow}");
        if (EntityKeys is { Count: > 1 }) check.Refuse("entity_keys", "expected one column or none", "A second one can be the dimension.");
        if (Status is "suppressed" or "")
            check.Refuse("status", $"'{Status}' cannot be an entry's status",
                "Write active, draft or deprecated; suppressed is what the engine writes.");
        if (Zone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out _))
            check.Refuse("zone", $"'{Zone}' is not a time zone of the IANA database", "Write it as Area/City, such as America/New_York, or UTC.");
    }
}
