namespace Tributary.Core.Graph;

/// <summary>Which tests follow the nodes that were chosen (dbt documentation, "Test selection").</summary>
public enum IndirectSelection
{
    /// <summary>Tests with any parent chosen.</summary>
    Eager,

    /// <summary>Tests with all parents chosen.</summary>
    Cautious,

    /// <summary>Only tests that were named.</summary>
    Empty,
}
