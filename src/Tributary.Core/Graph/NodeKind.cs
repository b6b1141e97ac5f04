namespace Tributary.Core.Graph;

/// <summary>The kinds of steps, in the words of the CLI and of dbt's <c>resource_type</c>.</summary>
public enum NodeKind
{
    Load,
    Seed,
    Snapshot,
    Model,
    Test,
    Export,

    /// <summary>A hook at the start or the end of a run.</summary>
    Operation,

    /// <summary>A query that is compiled for reading and never run.</summary>
    Analysis,
}
