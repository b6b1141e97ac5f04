using Tributary.Core.Graph;

namespace Tributary.Core.Metrics;

/// <summary>
/// What a catalogue becomes: a model a metric, so that only those are rebuilt whose rows changed and snapshots keep their
/// history, and <c>fct_metrics_long</c> over all of them.
/// </summary>
public static class MetricModels
{
    /// <summary>The folder below models/ whose configuration they take, and the <c>metrics.*</c> of selectors.</summary>
    public const string Folder = "metrics";

    /// <summary>The models in the order of the catalogue, the long table last; none for an empty catalogue.</summary>
    public static IReadOnlyList<GeneratedModel> From(MetricCatalog catalog) => catalog.Metrics.Count == 0
        ? []
        : [.. catalog.Metrics.Select(metric => MetricModel.Of(metric, catalog)), MetricsLong.Of(catalog)];
}
