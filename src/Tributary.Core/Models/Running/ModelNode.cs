using System.Diagnostics.CodeAnalysis;
using Tributary.Core.Graph;
using Tributary.Core.Models.Microbatches;
using Tributary.Core.Models.Parsing;

namespace Tributary.Core.Models.Running;

/// <summary>A model: a SQL file that becomes a relation. An ephemeral one is part of those that use it, and does nothing by itself.</summary>
[method: SetsRequiredMembers]
internal sealed class ModelNode(ModelWorkshop workshop, ParsedNode parsed, IReadOnlyList<string> dependsOn) : WarehouseNode(workshop, parsed, dependsOn)
{
    protected override bool IsRefreshable => Parsed.Config.Materialized == "incremental";

    public override Task<Freshness> CheckAsync(RunContext context, CancellationToken cancel) =>
        Parsed.IsEphemeral ? Task.FromResult(Freshness.Fresh("it is part of the models that use it")) : base.CheckAsync(context, cancel);

    public override async Task<Outcome> RunAsync(RunContext context, CancellationToken cancel)
    {
        if (Parsed.IsEphemeral) return new Outcome.Succeeded(Counts.None, "ephemeral");
        if (BatchPlan.IsBuiltInBatches(Parsed, Workshop.Project.Macros)) return await new MicrobatchBuild(Workshop, Parsed, context, cancel) { Fingerprint = compiled => Fingerprint(compiled, context, out _) }.RunAsync();
        var build = new RelationBuild(Workshop, Parsed, context, cancel)
        {
            Fingerprint = compiled => Fingerprint(compiled, context, out _),
            Definition = compiled => Definition(compiled, context),
        };
        try
        {
            return new Outcome.Succeeded(await build.RunAsync(), Parsed.Config.Materialized);
        }
        catch
        {
            await Success.MarkStaleAsync(context, Id, CancellationToken.None);
            throw;
        }
    }
}
