using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Metrics;

/// <summary><c>fct_metrics_long</c>: the rows of all metrics, and once more under each alias.</summary>
internal static class MetricsLong
{
    public const string Name = "fct_metrics_long";

    public static GeneratedModel Of(MetricCatalog catalog) => new(
        Name, MetricModels.Folder, Template(catalog),
        new Dictionary<string, object?>
        {
            ["materialized"] = "table",
            ["indexes"] = new List<object?>
            {
                new Dictionary<string, object?> { ["columns"] = new List<object?> { "metric_id", "period_date" } },
            },
        },
        MetricModel.Columns, catalog.Metrics[0].Config.At,
        "All metrics of the catalogue, one row a day, metric, organization and dimension value.");

    private static string Template(MetricCatalog catalog) =>
        "-- The rows of every metric, and once more under each alias.\n" + string.Join("union all\n", catalog.Metrics.SelectMany(Selects));

    private static IEnumerable<string> Selects(Metric metric)
    {
        yield return Select(metric, "metric_id");
        foreach (var alias in metric.Config.Aliases ?? []) yield return Select(metric, $"'{alias}'::text as metric_id");
    }

    private static string Select(Metric metric, string id) =>
        SqlTemplate.Fill("Metrics/fct_metrics_long.sql", ("metric_id", id), ("model", SqlTemplate.Literal(metric.ModelName)));
}
