namespace Tributary.Core.Fhir.Views;

/// <summary><c>forEach</c> or <c>forEachOrNull</c> with one path, or <c>repeat</c> with one or more.</summary>
public sealed record ViewIteration(IReadOnlyList<ViewExpression> Paths, bool KeepsEmpty, bool IsRepeat)
{
    public string Name => IsRepeat ? "repeat" : KeepsEmpty ? "forEachOrNull" : "forEach";
}
