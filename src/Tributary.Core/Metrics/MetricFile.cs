using Tributary.Core.Text;

namespace Tributary.Core.Metrics;

/// <summary>One file of the catalogue: <c>metrics/*.yml</c>, or a dbt project's <c>_metrics_catalog.yml</c> of the same form.</summary>
[Description("Metrics: each entry becomes rows of fct_metrics_long.")]
public sealed record MetricFile(
    SourcePosition At,
    [Description("The metrics.")] IReadOnlyList<MetricConfig> Metrics,
    [Description("Version of the file's form; dbt writes 2.")] int? Version = null);
