namespace Tributary.Core.Graph.Selecting;

/// <summary>What is asked for: one criterion, or several put together.</summary>
public abstract record SelectionSpec
{
    /// <summary>One criterion.</summary>
    public sealed record One(Criterion Criterion) : SelectionSpec;

    /// <summary>
    /// Several; <paramref name="Indirect"/> decides on tests that only all parts together bring in. With a
    /// <paramref name="Word"/> (as it was written) a warning is due when nothing is left.
    /// </summary>
    public sealed record Group(SelectionOperator Operator, IReadOnlyList<SelectionSpec> Parts, IndirectSelection Indirect = IndirectSelection.Eager, string? Word = null) : SelectionSpec;
}
