namespace Tributary.Core.Fhir.Paths;

/// <summary>What is known of an expression's values before anything runs; <see cref="Unknown"/> is read from the document.</summary>
internal enum PathKind
{
    Unknown,
    Nothing,
    Boolean,
    Integer,
    Decimal,
    String,
    Date,
    DateTime,
    Time,
    Quantity,
    Complex,
}
