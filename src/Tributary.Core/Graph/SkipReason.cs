namespace Tributary.Core.Graph;

/// <summary>Why a node did not run.</summary>
public enum SkipReason
{
    /// <summary>Nothing that it depends on changed since its last success.</summary>
    Fresh,

    /// <summary>A node upstream failed or was itself skipped for that.</summary>
    UpstreamFailed,

    /// <summary>The run was interrupted before it started.</summary>
    Interrupted,
}
