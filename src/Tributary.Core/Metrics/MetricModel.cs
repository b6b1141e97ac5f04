using System.Globalization;
using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Metrics;

/// <summary>The model of one metric: its rows in the form of <c>fct_metrics_long</c>.</summary>
internal static class MetricModel
{
    /// <summary>Days of a window that never ends.</summary>
    private const int Forever = 1_000_000;

    public static readonly IReadOnlyList<GeneratedColumn> Columns =
    [
        new("period_date", "The day, in the metric's zone.", "date", "safe", ["not_null"]),
        new("metric_id", "Id of the metric in the catalogue.", "text", "safe", ["not_null"]),
        new("value", "The value; null when there is none (division by zero, no rows of a mean, suppressed).", "numeric", "safe"),
        new("organization_id", "Id of the organization; null for rows without one.", "text", "id"),
        new("dimension", "What the metric is broken down by; null when it is not.", "text", "safe"),
        new("dimension_value", "The value of the dimension; null for rows without one.", "text", "safe"),
        new("unit", "count, percent or number.", "text", "safe"),
        new("method_version", "Version of the definition that gave the value.", "integer", "safe"),
        new("description", "What the number says.", "text", "safe"),
        new("status", "Status of the entry; suppressed when the value is withheld because its cell is small.", "text", "safe"),
    ];

    public static GeneratedModel Of(Metric metric, MetricCatalog catalog) => new(
        metric.ModelName, MetricModels.Folder,
        metric.DividesMetrics ? Quotient(metric, catalog) : metric.Type == MetricType.Snapshot ? Snapshot(metric) : Series(metric),
        Configuration(metric), Columns, metric.Config.At, metric.Config.Description);

    /// <summary>A snapshot is written a day at a time and never emptied, not even by a full refresh.</summary>
    private static Dictionary<string, object?> Configuration(Metric metric) => metric.Type != MetricType.Snapshot
        ? new() { ["materialized"] = "table" }
        : new()
        {
            ["materialized"] = "incremental",
            ["incremental_strategy"] = "delete+insert",
            ["unique_key"] = "period_date",
            ["full_refresh"] = false,
            ["on_schema_change"] = "append_new_columns",
        };

    private static string Series(Metric metric)
    {
        // A window multiplies rows, unless the expression is one of those that can be carried from day to day.
        if (metric.Reach != 0 && metric.Config.Unit == MetricUnit.Count && Changes(metric) is { } changes)
            return SqlTemplate.Fill("Metrics/running.sql",
                ("days", Days(metric)), ("changes", changes), ("columns", Select(metric, "d")), ("start", Start(metric)));
        return SqlTemplate.Fill("Metrics/series.sql",
            ("days", Days(metric)),
            ("filter", RowFilter(metric)),
            ("reach", DaysAhead(metric)),
            ("value", Value(metric)),
            ("cell", Cell(metric)),
            ("columns", Select(metric, "d")),
            ("start", Start(metric)));
    }

    private static string DaysAhead(Metric metric) => metric.Reach switch
    {
        0 => "0",
        null => $"{LastDay(metric)} - k.__day",
        { } days => Invariant($"least({days}, {LastDay(metric)} - k.__day)"),
    };

    /// <summary>What each day adds and takes away; null when the expression is none that can be carried from day to day.</summary>
    private static string? Changes(Metric metric)
    {
        if (metric.Config.Expression is not { } sql || MetricExpression.Read(sql, isAggregate: true, out _) is not { } expression) return null;
        var (filter, window) = (RowFilter(metric), Invariant($"{metric.Reach + 1 ?? Forever}"));
        if (expression.DistinctColumn is { } column)
            return SqlTemplate.Fill("Metrics/distinct_changes.sql", ("column", column), ("filter", filter), ("window", window)).TrimEnd();
        return expression.IsAdditive
            ? SqlTemplate.Fill("Metrics/sum_changes.sql", ("expression", sql), ("filter", filter), ("window", window)).TrimEnd()
            : null;
    }

    private static string Days(Metric metric) => SqlTemplate.Fill("Metrics/days.sql",
        ("model", SqlTemplate.Literal(metric.Config.SourceModel!)), // the check requires it
        ("date", $"s.{Identifier.Quote(metric.DateColumn!)}"), // every series has one
        ("zone", SqlTemplate.Literal(metric.Zone)),
        ("organization", Text(metric.Organization)),
        ("dimension_column", Text(metric.Config.Dimension)),
        ("last", LastDay(metric)),
        ("known_filter", GroupFilter(metric) is { } filter ? $" and ({filter})" : "")).TrimEnd();

    private static string Snapshot(Metric metric) => SqlTemplate.Fill("Metrics/snapshot.sql",
        ("model", SqlTemplate.Literal(metric.Config.SourceModel!)), // the check requires it
        ("organization", Text(metric.Organization)),
        ("dimension_column", Text(metric.Config.Dimension)),
        ("known_filter", GroupFilter(metric) is { } filter ? $" where ({filter})" : ""),
        ("last", LastDay(metric)),
        ("filter", RowFilter(metric)),
        ("value", Value(metric)),
        ("cell", Cell(metric)),
        ("columns", Select(metric, "d")));

    private static string Quotient(Metric metric, MetricCatalog catalog)
    {
        var numerator = catalog.Metrics.FirstOrDefault(part => part.Id == metric.Config.Numerator);
        // Where the denominator has a row and a counting numerator has none, nothing was counted.
        var top = numerator?.Config.Unit == MetricUnit.Count ? "case when n.metric_id is null then 0 else n.value end" : "n.value";
        return SqlTemplate.Fill("Metrics/quotient.sql",
            ("numerator", SqlTemplate.Literal($"metric_{metric.Config.Numerator}")),
            ("denominator", SqlTemplate.Literal($"metric_{metric.Config.Denominator}")),
            ("value", Divide(metric, top, "d.value")),
            ("cell", SmallerCell(top, "d.value")),
            ("small", metric.Config.SuppressBelow is { } limit ? Invariant($" or (__cell > 0 and __cell < {limit})") : ""),
            ("columns", Select(metric, "q", dimension: "q.dimension")));
    }

    private static string Value(Metric metric) => metric switch
    {
        { Type: MetricType.Ratio } => Divide(metric, metric.Config.Numerator!, metric.Config.Denominator!), // the check requires both
        { Config.Unit: MetricUnit.Count } => $"({metric.Config.Expression})::numeric",
        _ => $"round(({metric.Config.Expression})::numeric, 4)",
    };

    private static string Divide(Metric metric, string numerator, string denominator)
    {
        var scale = metric.Config.Unit == MetricUnit.Percent ? "100.0" : "1.0";
        return $"round({scale} * ({numerator})::numeric / nullif(({denominator})::numeric, 0), 4)";
    }

    /// <summary>How many a value speaks of, which makes a cell small: the count itself, the smaller part of a ratio, else the rows.</summary>
    private static string Cell(Metric metric) => metric.Type == MetricType.Ratio
        ? SmallerCell(metric.Config.Numerator!, metric.Config.Denominator!) // the check requires both
        : metric.Config.Unit == MetricUnit.Count ? Value(metric) : "count(*)::numeric";

    private static string SmallerCell(string numerator, string denominator) =>
        $"least(nullif(({numerator})::numeric, 0), nullif(({denominator})::numeric, 0))";

    private static string Select(Metric metric, string row, string? dimension = null)
    {
        var isSuppressed = metric.DividesMetrics ? "__suppressed"
            : metric.Config.SuppressBelow is { } limit ? Invariant($"__cell > 0 and __cell < {limit}") : null;
        var value = metric.Config.Unit == MetricUnit.Count ? "coalesce(__value, 0)" : "__value";
        var status = Literal(metric.Config.Status);
        return Invariant($"""
            {row}.__day as period_date,
                '{metric.Id}'::text as metric_id,
                {(isSuppressed is null ? value : $"case when {isSuppressed} then null else {value} end")} as value,
                {row}.__organization as organization_id,
                {dimension ?? Literal(metric.Config.Dimension)} as dimension,
                {row}.__dimension as dimension_value,
                '{metric.Config.Unit.ToString().ToLowerInvariant()}'::text as unit,
                {metric.Config.Version} as method_version,
                {Literal(metric.Config.Description)} as description,
                {(isSuppressed is null ? status : $"case when {isSuppressed} then 'suppressed' else {status} end")} as status
            """);
    }

    private static string Start(Metric metric) =>
        metric.Config.Start is { } day ? Invariant($"\nwhere d.__day >= date '{day:yyyy-MM-dd}'") : "";

    private static string LastDay(Metric metric) => $"{{{{ as_of_date({SqlTemplate.Literal(metric.Zone)}) }}}}";

    /// <summary>The filter where it decides which groups there are: dimension values that it leaves out have no rows.</summary>
    private static string? GroupFilter(Metric metric) => metric.Config.Dimension is null ? null : metric.Config.Filter;

    /// <summary>The filter where it decides only what is counted: an organization that it leaves nothing of has zeros.</summary>
    private static string RowFilter(Metric metric) => metric.Config is { Dimension: null, Filter: { } filter } ? $" where ({filter})" : "";

    private static string Text(string? column) => column is null ? "null::text" : $"s.{Identifier.Quote(column)}::text";

    private static string Literal(string? text) => text is null ? "null::text" : $"{SqlTemplate.Literal(text)}::text";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
