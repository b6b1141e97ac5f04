namespace Tributary.Core.Fhir.Views;

/// <summary>
/// Where the resources lie: <paramref name="Relation"/> as SQL or as template, the column with the document, and the column that marks
/// deleted ones (null when the table keeps none). The table must hold resources of the view's type alone.
/// </summary>
public sealed record ViewTable(string Relation, string Document = "resource", string? Deleted = "_deleted");
