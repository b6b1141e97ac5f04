namespace Tributary.Core.Fhir.Views;

/// <summary>One selection structure: its columns, what stands below it, and over which items it repeats.</summary>
public sealed record ViewSelect(
    ViewIteration? Iteration, IReadOnlyList<ViewColumn> Columns, IReadOnlyList<ViewSelect> Selects, IReadOnlyList<ViewSelect> Union)
{
    /// <summary>Own columns, then those of nested selects, then those of the union.</summary>
    public IEnumerable<ViewColumn> AllColumns =>
        [.. Columns, .. Selects.SelectMany(select => select.AllColumns), .. Union.Take(1).SelectMany(select => select.AllColumns)];
}
