namespace Tributary.Core.Graph.Selecting;

/// <summary>Which tests follow the nodes that were chosen (dbt documentation, "Test selection").</summary>
public enum IndirectSelection
{
    /// <summary>Tests with any parent chosen.</summary>
    Eager,

    /// <summary>Tests with all parents chosen.</summary>
    Cautious,

    /// <summary>Tests whose parents are chosen or lie before something chosen.</summary>
    Buildable,

    /// <summary>Only tests that were named.</summary>
    Empty,
}
