using Tributary.Core.Graph;
using Tributary.Core.Text;

namespace Tributary.Tests.Graph;

/// <summary>A node whose behaviour a test gives as a function.</summary>
internal sealed class FakeNode(Func<CancellationToken, Task<Outcome>>? run = null, Freshness? freshness = null) : Node
{
    public static FakeNode Model(string name, params string[] parents) => Of(NodeKind.Model, name, parents);

    public static FakeNode Test(string name, params string[] parents) => Of(NodeKind.Test, name, parents);

    public static FakeNode Of(
        NodeKind kind, string name, string[] parents, Func<CancellationToken, Task<Outcome>>? run = null, Freshness? freshness = null) =>
        new(run, freshness)
        {
            Id = $"{kind.ToString().ToLowerInvariant()}.p.{name}",
            Name = name,
            Kind = kind,
            DependsOn = [.. parents.Select(parent => parent.Contains('.') ? parent : $"model.p.{parent}")],
            At = new SourcePosition($"models/{(name.Contains("stg") ? "staging" : "marts")}/{name}.sql", 1),
            Fqn = ["p", name.Contains("stg") ? "staging" : "marts", name],
            Tags = name.StartsWith("fct", StringComparison.Ordinal) ? ["nightly"] : [],
        };

    public override string? ConfigValue(string key) => key == "materialized" ? "table" : null;

    public override IReadOnlyList<string> TestTypes => Kind == NodeKind.Test ? ["generic", "unique"] : [];

    public override Task<Freshness> CheckAsync(RunContext context, CancellationToken cancel) =>
        Task.FromResult(freshness ?? Freshness.Stale("it never ran"));

    public override Task<Outcome> RunAsync(RunContext context, CancellationToken cancel) =>
        run?.Invoke(cancel) ?? Task.FromResult<Outcome>(new Outcome.Succeeded(Counts.None));
}
