using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Core.Exports;

/// <summary>One export as a step of a plan: fresh while nothing upstream changed and the delivered file still stands.</summary>
public sealed class ExportNode : Node
{
    private readonly ExportPlan plan;

    internal ExportNode(ExportPlan plan) => this.plan = plan;

    /// <summary>What the user configured.</summary>
    public Export Export => plan.Export;

    /// <summary>Where it goes with the run's target.</summary>
    public Destination Destination => plan.Destination;

    /// <summary>Why the run's target may not run it (TRB0601); null when it may.</summary>
    public UserError? Refusal { get; init; }

    public override async Task<Freshness> CheckAsync(RunContext context, CancellationToken cancel)
    {
        if (plan.Parameters.AreAbsent) return Freshness.Fresh($"it is delivered for values of {string.Join(", ", Export.Parameters!.Keys)}, and none were given"); // it has parameters
        if (plan.Parameters.Refusal() is not null) return Freshness.Stale("a value is missing or wrong");
        if (Refusal is not null) return Freshness.Stale("this target may not deliver it");
        if (plan.Unknown(context.Successes) is { } unknown) return Freshness.Stale($"{unknown.Name} was built or changed by others, or never");
        await using var connection = await context.Database.OpenAsync(cancel);
        var delivery = await Deliveries.FindAsync(connection, context.Key, Export.Name, plan.Fingerprint(context), cancel);
        if (delivery is null) return Freshness.Stale("not delivered since its relations changed");
        var stands = plan.Destination switch
        {
            FileDestination files => await StandingFile.IsThereAsync(files, delivery, cancel),
            DocumentDestination documents => await StandingDocuments.FindWrongAsync(documents, delivery, cancel) is null,
            _ => false,
        };
        return stands
            ? Freshness.Fresh($"{delivery.Name} stands at {delivery.Destination}")
            : Freshness.Stale($"{delivery.Name} is gone from {delivery.Destination}, or was changed");
    }

    public override Task<Outcome> RunAsync(RunContext context, CancellationToken cancel) =>
        (Refusal ?? plan.Parameters.Refusal()) is { } refusal ? throw new UserErrorException([refusal]) : new ExportRun(plan, Id, context).RunAsync(cancel);
}
