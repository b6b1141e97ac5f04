using Xunit.v3;

namespace Tributary.Tests;

/// <summary>Names the rows of the requirements that a test proves, as the trait <c>Requirement</c>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class RequirementAttribute(params string[] rows) : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [.. rows.Select(row => KeyValuePair.Create("Requirement", row))];
}
