using System.Text.RegularExpressions;
using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Metrics;

/// <summary>Every metric of a project, checked against one another and against the models that are declared.</summary>
public sealed partial class MetricCatalog
{
    /// <summary>PostgreSQL's 63 bytes without <c>metric_</c>.</summary>
    private const int LongestId = 56;

    private MetricCatalog(IReadOnlyList<Metric> metrics) => Metrics = metrics;

    /// <summary>The metrics in the order of the files.</summary>
    public IReadOnlyList<Metric> Metrics { get; }

    /// <summary>
    /// Checks the entries of all files; every problem is added. <paramref name="models"/> are all models of the project; columns are
    /// checked where a model declares any. <paramref name="zone"/> is the project's. Without problems the catalogue is whole.
    /// </summary>
    public static MetricCatalog Check(IEnumerable<MetricFile> files, IReadOnlyList<DeclaredModel> models, string zone, Problems problems)
    {
        var entries = files.SelectMany(file => file.Metrics).ToList();
        CheckIds(entries, problems);
        var checker = new MetricChecker(entries, models, zone, problems);
        return new MetricCatalog([.. entries.Select(checker.Check).OfType<Metric>()]);
    }

    private static void CheckIds(List<MetricConfig> entries, Problems problems)
    {
        var taken = new Dictionary<string, SourcePosition>(StringComparer.Ordinal);
        foreach (var (entry, id) in entries.SelectMany(entry => new[] { entry.Id }.Concat(entry.Aliases ?? []).Select(id => (entry, id))))
        {
            if (!Id().IsMatch(id) || id.Length > LongestId)
                problems.Add(ErrorCodes.MetricInvalid, entry.At, $"'{id}' cannot be a metric's id",
                    $"Use lower case letters, digits and _, first a letter, at most {LongestId}.");
            else if (!taken.TryAdd(id, entry.At))
                problems.Add(ErrorCodes.DuplicateName, entry.At, $"the metric id '{id}' is taken by {taken[id]}",
                    "Give each metric and alias an id of its own.");
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9_]*\\z")]
    private static partial Regex Id();
}
