namespace Tributary.Core.Text;

/// <summary>
/// Names a sealed record in YAML (<c>kind: bulk_files</c>). The catalogue of kinds finds every marked type below an
/// abstract seam (source, destination, format, mask); reader, JSON schema, docs and conformance tests read it from there.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class KindAttribute(string name) : Attribute
{
    /// <summary>The word in YAML, snake_case.</summary>
    public string Name { get; } = name;
}
