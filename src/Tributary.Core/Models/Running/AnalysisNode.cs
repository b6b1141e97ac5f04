using System.Diagnostics.CodeAnalysis;
using Tributary.Core.Graph;
using Tributary.Core.Models.Parsing;

namespace Tributary.Core.Models.Running;

/// <summary>An analysis: a query that <c>compile</c> writes out for reading. No plan holds it; as a step it does nothing.</summary>
[method: SetsRequiredMembers]
internal sealed class AnalysisNode(ModelWorkshop workshop, ParsedNode parsed, IReadOnlyList<string> dependsOn) : WarehouseNode(workshop, parsed, dependsOn)
{
    protected override bool IsRefreshable => false;

    public override Task<Freshness> CheckAsync(RunContext context, CancellationToken cancel) => Task.FromResult(Freshness.Fresh("an analysis is never run"));

    public override Task<Outcome> RunAsync(RunContext context, CancellationToken cancel) => Task.FromResult<Outcome>(new Outcome.Succeeded(Counts.None, "analysis"));
}
