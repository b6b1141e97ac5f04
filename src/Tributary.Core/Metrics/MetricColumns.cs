using Tributary.Core.Text;

namespace Tributary.Core.Metrics;

/// <summary>Checks the columns that a metric names against those of its model.</summary>
public static class MetricColumns
{
    /// <summary>
    /// Adds a problem for every column that the metric reads and the model lacks. An empty list of columns says nothing and is
    /// not checked. <paramref name="verb"/> tells how the columns are known: <c>declares</c> or <c>has</c>.
    /// </summary>
    public static void Check(Metric metric, IReadOnlyCollection<string> columns, string verb, Problems problems)
    {
        if (columns.Count == 0 || metric.Config.SourceModel is not { } model) return;
        var named = metric.NamedColumns.Concat(metric.Expressions.SelectMany(part =>
            (MetricExpression.Read(part.Sql, part.IsAggregate, out _)?.Columns ?? []).Select(column => (part.Key, column))));
        var (lacks, advice) = verb == "declares"
            ? ("does not declare", " Declare the column in the model's YAML if it exists.")
            : ("does not have", "");
        foreach (var (key, column) in named.Where(pair => !columns.Contains(pair.Item2)).DistinctBy(pair => pair.Item2))
            problems.Add(ErrorCodes.MetricInvalid, metric.Config.At,
                $"metric {metric.Id}: {key} reads '{column}', which {model} {lacks}", $"{Nearest.Hint(column, columns)}{advice}");
    }
}
