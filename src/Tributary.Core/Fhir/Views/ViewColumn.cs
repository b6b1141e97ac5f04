using Tributary.Core.Text;

namespace Tributary.Core.Fhir.Views;

/// <summary>
/// A column: <paramref name="Type"/> is FHIR's type without its address, null when the view names none; <paramref name="AnsiType"/> the
/// value of the tag <c>ansi/type</c>.
/// </summary>
public sealed record ViewColumn(
    SourcePosition At, string Name, ViewExpression Path, string? Type, bool IsCollection, string? AnsiType, string Description);
