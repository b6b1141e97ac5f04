using Tributary.Core.Text;

namespace Tributary.Core.Ingest.Datasets;

/// <summary>Which column of a dataset says whose its records are, where it is not the source's <c>subject</c>.</summary>
public sealed record DatasetSubject(
    [Description("The column.")] string Column,
    [Description("The dataset whose key the column holds, when it does not hold the subject itself: goals belong to a plan, and the plan to a client.")] string? Of = null);
