using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Metrics;

/// <summary>Decides what each entry means and says what is wrong with it.</summary>
internal sealed class MetricChecker(
    IReadOnlyList<MetricConfig> entries, IReadOnlyList<DeclaredModel> models, string zone, Problems problems)
{
    /// <summary>What own models of a metric's values name their day (row E32).</summary>
    private const string UsualDateColumn = "period_date";

    private readonly Dictionary<string, DeclaredModel> modelByName =
        models.DistinctBy(model => model.Name).ToDictionary(model => model.Name);
    private readonly Dictionary<string, MetricConfig> entryById =
        entries.DistinctBy(entry => entry.Id).ToDictionary(entry => entry.Id);

    /// <summary>The metric; null after a problem was added.</summary>
    public Metric? Check(MetricConfig entry)
    {
        var before = problems.Count;
        var metric = Decide(entry);
        CheckKeys(metric);
        if (metric.DividesMetrics) CheckParts(metric);
        else CheckModel(metric);
        foreach (var (key, sql, isAggregate) in metric.Expressions)
        {
            if (MetricExpression.Read(sql, isAggregate, out var wrong) is null)
                Refuse(entry, $"{key} {wrong}", "Write one SQL expression over the columns of source_model.");
        }
        if (problems.Count == before) MetricColumns.Check(metric, Declared(entry), "declares", problems);
        return problems.Count == before ? metric : null;
    }

    private Metric Decide(MetricConfig entry)
    {
        var model = entry.SourceModel is null ? null : modelByName.GetValueOrDefault(entry.SourceModel);
        var usual = model?.Columns.Any(column => column.Name == UsualDateColumn) == true;
        var type = entry.Type
            ?? (entry.Numerator is not null || entry.Denominator is not null ? MetricType.Ratio
                : entry.WindowDays is not null ? MetricType.Rolling
                : entry.DateColumn is not null || usual ? MetricType.Simple : MetricType.Snapshot);
        var divides = type == MetricType.Ratio && entry.SourceModel is null;
        return new Metric
        {
            Config = entry,
            Type = type,
            Zone = entry.Zone ?? zone,
            DateColumn = type == MetricType.Snapshot || divides ? null : entry.DateColumn ?? UsualDateColumn,
            Organization = divides ? null : entry.EntityKeys switch { null => "organization_id", [] => null, [var key, ..] => key },
            DividesMetrics = divides,
        };
    }

    private void CheckKeys(Metric metric)
    {
        var entry = metric.Config;
        if (metric.Type == MetricType.Ratio)
        {
            Require(entry, "numerator", entry.Numerator);
            Require(entry, "denominator", entry.Denominator);
            Forbid(entry, "expression", entry.Expression, "a ratio has a numerator and a denominator");
        }
        else
        {
            Require(entry, "source_model", entry.SourceModel);
            Require(entry, "expression", entry.Expression);
            Forbid(entry, "numerator", entry.Numerator, "only a ratio has one");
            Forbid(entry, "denominator", entry.Denominator, "only a ratio has one");
        }
        if (metric.Type is not (MetricType.Rolling or MetricType.Ratio))
            Forbid(entry, "window_days", entry.WindowDays, "only a rolling metric or a ratio has a window");
        if (metric.Type == MetricType.Snapshot)
            Forbid(entry, "date_column", entry.DateColumn, "a snapshot counts all rows as they are at the run");
        if (metric.Type == MetricType.Ratio && entry.Unit == MetricUnit.Count)
            Refuse(entry, "unit is count, and a ratio is none", "Write percent, or number for a plain quotient.");
        if (metric.Type == MetricType.Snapshot || metric.DividesMetrics)
            Forbid(entry, "start", entry.Start, "only a series of days begins somewhere");
        if (!metric.DividesMetrics) return;
        Forbid(entry, "filter", entry.Filter, "a ratio of metrics has no rows of its own");
        Forbid(entry, "dimension", entry.Dimension, "a ratio of metrics takes that of its metrics");
        Forbid(entry, "window_days", entry.WindowDays, "a ratio of metrics takes those of its metrics");
        Forbid(entry, "date_column", entry.DateColumn, "a ratio of metrics takes the day of its metrics");
    }

    private void CheckParts(Metric metric)
    {
        var parts = new List<MetricConfig>();
        foreach (var (key, id) in new[] { ("numerator", metric.Config.Numerator), ("denominator", metric.Config.Denominator) })
        {
            if (id is null) continue;
            if (!entryById.TryGetValue(id, out var part))
                Refuse(metric.Config, $"{key} '{id}' is no metric of the catalogue",
                    $"{Nearest.Hint(id, entryById.Keys)} A ratio of two expressions needs a source_model.");
            else if (part.Type == MetricType.Ratio || part.Numerator is not null)
                Refuse(metric.Config, $"{key} '{id}' is a ratio itself", "Divide counts by counts.");
            else parts.Add(part);
        }
        if (parts.Count == 2 && parts[0].Dimension != parts[1].Dimension)
            Refuse(metric.Config, $"'{parts[0].Id}' and '{parts[1].Id}' are broken down by different dimensions",
                "Divide metrics of one dimension, or of none.");
        if (parts.Count == 2 && (parts[0].Zone ?? zone) != (parts[1].Zone ?? zone))
            Refuse(metric.Config, $"the days of '{parts[0].Id}' and '{parts[1].Id}' are in different zones", "Give both the same zone.");
    }

    private void CheckModel(Metric metric)
    {
        if (metric.Config.SourceModel is { } name && !modelByName.ContainsKey(name))
            Refuse(metric.Config, $"source_model '{name}' is no model of this project", Nearest.Hint(name, modelByName.Keys));
    }

    private List<string> Declared(MetricConfig entry) =>
        entry.SourceModel is { } name && modelByName.TryGetValue(name, out var model)
            ? [.. model.Columns.Select(column => column.Name)]
            : [];

    private void Require(MetricConfig entry, string key, string? value)
    {
        if (string.IsNullOrWhiteSpace(value)) Refuse(entry, $"{key} is missing", "See docs/metrics.md for the keys of each type.");
    }

    private void Forbid(MetricConfig entry, string key, object? value, string because)
    {
        if (value is not null) Refuse(entry, $"{key} does not belong here: {because}", "Delete the key, or choose another type.");
    }

    private void Refuse(MetricConfig entry, string message, string hint) =>
        problems.Add(ErrorCodes.MetricInvalid, entry.At, $"metric {entry.Id}: {message}", hint);
}
