namespace Tributary.Core.Graph.Selecting;

/// <summary>How the parts of a selection are put together.</summary>
public enum SelectionOperator
{
    Union,

    Intersection,

    /// <summary>The first without the others.</summary>
    Difference,
}
