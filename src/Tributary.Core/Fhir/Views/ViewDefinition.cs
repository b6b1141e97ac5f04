using Tributary.Core.Text;

namespace Tributary.Core.Fhir.Views;

/// <summary>
/// A ViewDefinition of SQL-on-FHIR (v2 and 3.0.0-ballot), checked in its structure: which resources become which rows.
/// <paramref name="Name"/> is null when the view gives none.
/// </summary>
public sealed record ViewDefinition(
    SourcePosition At,
    string? Name,
    string Resource,
    string Description,
    IReadOnlyList<ViewConstant> Constants,
    IReadOnlyList<ViewExpression> Where,
    IReadOnlyList<ViewSelect> Selects)
{
    /// <summary>All columns in the order of the rows (SQL-on-FHIR, "Column Ordering").</summary>
    public IReadOnlyList<ViewColumn> Columns => [.. Selects.SelectMany(select => select.AllColumns)];
}
