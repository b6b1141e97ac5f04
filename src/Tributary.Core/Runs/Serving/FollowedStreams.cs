using Tributary.Core.Graph;
using Tributary.Core.Ingest;

namespace Tributary.Core.Runs.Serving;

/// <summary>The streams that are followed while <c>serve</c> stays, and how far each was when what is made from it was last looked at.</summary>
public sealed class FollowedStreams(IEnumerable<IngestNode> loads)
{
    private readonly Dictionary<string, long> seen = loads.ToDictionary(load => load.Stream.Key, _ => -1L, StringComparer.Ordinal);

    /// <summary>False during the first look, which loads everything itself.</summary>
    public bool HasBegun { get; private set; }

    public void Begin() => HasBegun = true;

    public bool Has(Node node) => HasBegun && node is IngestNode load && seen.ContainsKey(load.Stream.Key);

    public bool IsFurther(IngestNode load, SuccessRecords successes)
    {
        ArgumentNullException.ThrowIfNull(load);
        ArgumentNullException.ThrowIfNull(successes);
        return seen.TryGetValue(load.Stream.Key, out var before) && successes.LoadOf(load.Stream.Key) > before;
    }

    /// <summary>Called when a look is over, with what its run knew: what it loaded itself, and where the followers were when it began.</summary>
    public void Looked(SuccessRecords successes)
    {
        ArgumentNullException.ThrowIfNull(successes);
        foreach (var stream in seen.Keys.ToList()) seen[stream] = successes.LoadOf(stream);
    }
}
