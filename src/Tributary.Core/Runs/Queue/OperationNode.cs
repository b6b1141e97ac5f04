using System.Diagnostics.CodeAnalysis;
using Tributary.Core.Graph;
using Tributary.Core.Jobs;
using Tributary.Core.Models;

namespace Tributary.Core.Runs.Queue;

/// <summary>
/// A macro as a step of a job. Its success stands in the transaction of its statements, so a step that was done and could not say so is not
/// done twice.
/// </summary>
internal sealed class OperationNode : Node
{
    private readonly ModelProject models;
    private readonly MacroCall call;
    private readonly IReadOnlyDictionary<string, object?> arguments;
    private readonly string identity;

    [SetsRequiredMembers]
    public OperationNode(ModelProject models, MacroCall call, IReadOnlyDictionary<string, object?> arguments, Claim claim, string project)
    {
        this.models = models;
        this.call = call;
        this.arguments = arguments;
        identity = claim.Identity;
        Id = $"operation.{project}.{claim.Job}.{claim.Step}.{claim.Item}";
        Name = call.Macro;
        Kind = NodeKind.Operation;
        DependsOn = [];
        At = call.At;
    }

    public override Task<Freshness> CheckAsync(RunContext context, CancellationToken cancel) =>
        Task.FromResult(IsDone(context) ? Freshness.Fresh("it was done before its worker was lost") : Freshness.Stale("a job asks for it"));

    public override async Task<Outcome> RunAsync(RunContext context, CancellationToken cancel)
    {
        if (IsDone(context)) return new Outcome.Succeeded(Counts.None);
        await models.RunOperationAsync(call.Macro, arguments, context, new Success(Id, identity), cancel);
        return new Outcome.Succeeded(Counts.None);
    }

    private bool IsDone(RunContext context) => context.Successes.Find(Id)?.Fingerprint == identity;
}
