using Tributary.Core.Text;

namespace Tributary.Core.Fhir.Views;

/// <summary>A FHIRPath expression and where it stands in the view's file.</summary>
public sealed record ViewExpression(string Text, SourcePosition At);
