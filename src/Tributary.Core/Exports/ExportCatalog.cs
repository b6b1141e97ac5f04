using Tributary.Core.Graph;
using Tributary.Core.Privacy;

namespace Tributary.Core.Exports;

/// <summary>
/// All that exports are made from: the <c>exports/</c> and <c>destinations/</c> of a project, the relations that its models
/// become, and the identifying columns whose values must not leave on the anonymous track.
/// </summary>
public sealed record ExportCatalog(
    IReadOnlyList<Export> Exports,
    IReadOnlyDictionary<string, Destination> Destinations,
    IReadOnlyList<ExportRelation> Relations,
    IReadOnlyList<IdentifyingColumn> Identifying)
{
    /// <summary>Everything that the relations are made from: loads, seeds, models, and the tests of them.</summary>
    public IReadOnlyList<Node> Nodes { get; init; } = [];

    /// <summary>The run's variables, from which parameters of exports take their values.</summary>
    public IReadOnlyDictionary<string, object?> Vars { get; init; } = new Dictionary<string, object?>();
}
