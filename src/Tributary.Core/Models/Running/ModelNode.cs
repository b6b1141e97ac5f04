using System.Diagnostics.CodeAnalysis;
using Tributary.Core.Graph;
using Tributary.Core.Models.Microbatches;
using Tributary.Core.Models.Parsing;
using Tributary.Core.Models.Periods;

namespace Tributary.Core.Models.Running;

/// <summary>A model: a SQL file that becomes a relation. An ephemeral one is part of those that use it, and does nothing by itself.</summary>
[method: SetsRequiredMembers]
internal sealed class ModelNode(ModelWorkshop workshop, ParsedNode parsed, IReadOnlyList<string> dependsOn) : WarehouseNode(workshop, parsed, dependsOn)
{
    public override bool FollowsChanges => Parsed.Changes.Count > 0 && Parsed.Config.Materialized == "incremental";

    protected override bool IsRefreshable => Parsed.Config.Materialized == "incremental";

    public override Task<Freshness> CheckAsync(RunContext context, CancellationToken cancel) =>
        Parsed.IsEphemeral ? Task.FromResult(Freshness.Fresh("it is part of the models that use it")) : base.CheckAsync(context, cancel);

    /// <summary>What a model, or one period of it, is made of now; with no period the last that has ended.</summary>
    private async Task<PeriodInput> InputAsync(RunContext context, CancellationToken cancel)
    {
        await using var reading = Workshop.Reading(context, cancel);
        var fingerprint = Fingerprint(Compile(context, reading.Session, cancel), context, out var never);
        return new PeriodInput(fingerprint, (never ?? NodeReads.Parse(context.Successes.Find(Id)?.Reads)?.Never) is null);
    }

    public override async Task<Outcome> RunAsync(RunContext context, CancellationToken cancel)
    {
        if (Parsed.IsEphemeral) return new Outcome.Succeeded(Counts.None, "ephemeral");
        if (BatchPlan.IsBuiltInBatches(Parsed, Workshop.Project.Macros)) return await new MicrobatchBuild(Workshop, Parsed, context, cancel) { Fingerprint = compiled => Fingerprint(compiled, context, out _) }.RunAsync();
        if (PeriodRules.IsPeriodic(Parsed))
        {
            return await new PeriodBuild(Workshop, Parsed, context, cancel)
            {
                InputOf = period => InputAsync(context with { Period = period }, cancel),
            }.RunAsync();
        }
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
