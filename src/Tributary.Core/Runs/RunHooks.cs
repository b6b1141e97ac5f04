using Tributary.Core.Graph;

namespace Tributary.Core.Runs;

/// <summary>What runs before the first step and after the last, one by one. <paramref name="End"/> is asked when the results are there.</summary>
public sealed record RunHooks(IReadOnlyList<Node> Start, Func<IReadOnlyList<NodeResult>, IReadOnlyList<Node>> End)
{
    public static readonly RunHooks None = new([], _ => []);
}
