namespace Tributary.Core.Fhir.Views;

/// <summary>
/// What rows are for. <see cref="Table"/>: PostgreSQL's types, a column without a type is text. <see cref="Document"/>: JSON or CSV, an
/// instant stays as FHIR writes it and a column without a type keeps JSON's.
/// </summary>
public enum ColumnForm
{
    Table,
    Document,
}
