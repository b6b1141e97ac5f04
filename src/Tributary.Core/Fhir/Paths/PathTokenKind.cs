namespace Tributary.Core.Fhir.Paths;

/// <summary>What a token of an expression is. <see cref="Name"/> is an identifier in backticks, which is never a keyword.</summary>
internal enum PathTokenKind
{
    End,
    Word,
    Name,
    Text,
    Number,
    Date,
    DateTime,
    Time,
    Variable,
    Symbol,
}
