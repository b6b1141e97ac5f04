using System.Diagnostics.CodeAnalysis;
using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Tests.Live.Runs;

/// <summary>A node that ends as its test says.</summary>
internal sealed class ScriptedNode : Node
{
    private readonly Func<int, CancellationToken, Task<Outcome>> run;
    private int attempts;

    [SetsRequiredMembers]
    public ScriptedNode(string name, Func<int, CancellationToken, Task<Outcome>> run, params string[] parents)
    {
        this.run = run;
        Id = $"model.p.{name}";
        Name = name;
        Kind = NodeKind.Model;
        DependsOn = [.. parents.Select(parent => $"model.p.{parent}")];
        At = new SourcePosition($"models/{name}.sql");
    }

    [SetsRequiredMembers]
    public ScriptedNode(string name, Outcome outcome, params string[] parents)
        : this(name, (_, _) => Task.FromResult(outcome), parents)
    {
    }

    /// <summary>A node of any kind by whole ids, which is only looked at.</summary>
    public static ScriptedNode Of(string id, NodeKind kind, params string[] parents) =>
        new(id.Split('.')[^1], new Outcome.Succeeded(new Counts())) { Id = id, Kind = kind, DependsOn = parents };

    public override Task<Freshness> CheckAsync(RunContext context, CancellationToken cancel) => Task.FromResult(Freshness.Stale("scripted"));

    public override Task<Outcome> RunAsync(RunContext context, CancellationToken cancel) => run(++attempts, cancel);
}
