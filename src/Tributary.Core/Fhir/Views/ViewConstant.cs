using Tributary.Core.Text;

namespace Tributary.Core.Fhir.Views;

/// <summary>A constant of a view: <paramref name="Type"/> is FHIR's (<c>dateTime</c>), <paramref name="Value"/> as JSON writes it, without quotes.</summary>
public sealed record ViewConstant(string Name, string Type, string Value, SourcePosition At);
